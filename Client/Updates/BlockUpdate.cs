namespace ChatHub.Client;

/// <summary>The user blocked or unblocked someone, here or on another device. Live only: catching up does not repeat it.</summary>
/// <param name="UserId">The other user.</param>
/// <param name="YouBlocked">Whether the user blocks them now.</param>
public sealed record BlockUpdate(string UserId, bool YouBlocked) : Update;
