namespace ChatHub.Server.Conversations;

/// <summary>How far a reader has seen, and how much of that is shown.</summary>
/// <param name="SeenSeq">Seen up to this seq.</param>
/// <param name="SeenCount">So many of the peer's messages are among them.</param>
/// <param name="ShownSeq">What the peer may know.</param>
/// <param name="SeenAt">Unix milliseconds.</param>
/// <param name="Version">The reader's stamp.</param>
public readonly record struct SeenMark(long SeenSeq, long SeenCount, long ShownSeq, long SeenAt, long Version);
