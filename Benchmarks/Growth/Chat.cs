namespace ChatHub.Benchmarks.Growth;

/// <summary>Chat number <paramref name="Number"/> of a data set: who its two are, and how many messages it has.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Low">The user with the lower number, who writes the odd messages.</param>
/// <param name="High">The other one, who writes the even ones.</param>
/// <param name="Messages">How many.</param>
public readonly record struct Chat(int Number, int Low, int High, int Messages)
{
    // Ordinary chats are with a near neighbour: so many different ones has each user at most.
    private const int Neighbours = 16;

    public static Chat Of(DataSetSize size, int number)
    {
        if (number < size.PopularChats)
            return new(number, 0, number + 1, Average(size));
        var ordinary = number - size.PopularChats;
        var users = size.Users - 2 - Neighbours;
        var low = 1 + (ordinary % users);
        return new(number, low, low + 2 + (ordinary / users), ordinary == 0 ? size.LongChat : Average(size));
    }

    public string Id => $"chat-{Number}";

    private static int Average(DataSetSize size) => Math.Max(1, (size.Messages - size.LongChat) / (size.Chats - 1));
}
