namespace ChatHub.Server.Storage;

/// <summary>
/// The connection broke in a commit: the command may have been carried out, or not. It is not run again; its caller repeats
/// it with the same <c>clientId</c>, which settles it.
/// </summary>
public sealed class UnknownOutcomeException(Exception inner)
    : Exception("The connection to the database broke in a commit: whether it was carried out is not known.", inner);
