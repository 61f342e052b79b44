namespace ChatHub.Server.Storage.SqlServer;

/// <summary>The pool gave no connection in time.</summary>
internal sealed class PoolTimeoutException(Exception inner) : Exception(inner.Message, inner);
