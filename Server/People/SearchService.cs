using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>SearchUsers.</summary>
public sealed class SearchService(IDatabase database, SearchStore search, Cursors cursors)
{
    public async Task<Page<UserCard>> FindAsync(Caller caller, SearchUsersInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var query = Arguments.Text(input.Query, "query", Limits.QueryMin, Limits.QueryMax);
        var limit = Arguments.Limit(input.Limit);
        var scope = new CursorScope($"people by {query}", caller.User.Id);
        var after = cursors.ReadText(scope, input.Cursor) ?? "";
        var rows = await database.ReadAsync(
            session => search.FindAsync(session, caller.Key, query, after, limit + 1), cancellation);
        return PageBounds.Page(rows, limit, row => row.Card(), TextSize.Of, row => cursors.Write(scope, row.Username));
    }
}
