namespace ChatHub.Benchmarks.Growth;

/// <summary>
/// How much a database holds. User 0 is the popular one: a chat with each of the next <see cref="PopularChats"/> users, who also
/// follow them, and a request waiting from each of the <see cref="WaitingRequests"/> users after those.
/// </summary>
/// <param name="Name">Of its folder and in the table.</param>
/// <param name="Users">All users.</param>
/// <param name="Chats">All chats, those of the popular user included.</param>
/// <param name="Messages">All messages, about.</param>
/// <param name="LongChat">The messages of the one long chat, between users 1 and 3.</param>
/// <param name="PopularChats">Also the popular user's followers.</param>
/// <param name="WaitingRequests">In the popular user's Requests folder.</param>
public sealed record DataSetSize(string Name, int Users, int Chats, int Messages, int LongChat, int PopularChats, int WaitingRequests)
{
    /// <summary>Nearly empty: just enough that every operation has what it asks for.</summary>
    public static DataSetSize Small { get; } = new("small", 3_000, 4_200, 70_000, 2_400, 1_200, 200);

    public static DataSetSize Large { get; } = new("large", 200_000, 300_000, 5_000_000, 50_000, 100_000, 10_000);

    /// <summary>One person with a Requests folder that is full.</summary>
    public static DataSetSize FullFolder { get; } = new("folder", 12_000, 12_100, 40_000, 2_400, 50, 10_000);

    // For runs that only show that everything works.
    public static DataSetSize QuickSmall { get; } = new("quick-small", 1_600, 2_700, 6_000, 1_200, 1_100, 120);
    public static DataSetSize QuickLarge { get; } = new("quick-large", 1_800, 3_000, 7_000, 1_400, 1_200, 150);
    public static DataSetSize QuickFolder { get; } = new("quick-folder", 2_200, 2_300, 5_000, 1_200, 50, 2_000);

    /// <summary>The first user who has neither a chat with the popular one nor a request waiting there.</summary>
    public int FirstOrdinaryUser => 1 + PopularChats + WaitingRequests;
}
