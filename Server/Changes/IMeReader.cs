using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>Reads a user's own view (<c>Me</c>). Implemented by People; declared here because every module may change that view.</summary>
public interface IMeReader
{
    Task<Me> ReadAsync(DbSession session, Inbox inbox, DateTimeOffset now);
}
