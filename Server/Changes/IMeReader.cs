using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>Reads a user as that user alone sees it. People does; here because every room may change it.</summary>
public interface IMeReader
{
    Task<Me> ReadAsync(DbSession session, Inbox inbox, DateTimeOffset now);
}
