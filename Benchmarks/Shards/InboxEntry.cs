namespace ChatHub.Benchmarks.Shards;

/// <summary>What a pair's shard has committed and a user's home shard is to enter into their inbox.</summary>
/// <param name="Pair">Whose shard committed it.</param>
/// <param name="User">Whose inbox.</param>
/// <param name="Number">1, 2, 3 … for each pair and user.</param>
/// <param name="Seq">The message.</param>
public readonly record struct InboxEntry(int Pair, int User, int Number, int Seq);
