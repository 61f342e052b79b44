using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>SearchUsers.</summary>
public sealed class SearchService(IDatabase database, SearchStore search)
{
    public async Task<Page<UserCard>> FindAsync(Caller caller, SearchUsersInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var query = Arguments.Text(input.Query, "query", Limits.QueryMin, Limits.QueryMax);
        var limit = Arguments.Limit(input.Limit);
        var after = Cursor.Read(input.Cursor, 1)?[0] ?? "";
        var rows = await database.ReadAsync(
            session => search.FindAsync(session, caller.Key, query, after, limit + 1), cancellation);
        return Cursor.Page(rows, limit, row => row.Card(), row => Cursor.Of(row.Username));
    }
}
