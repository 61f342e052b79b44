namespace ChatHub.Server.Hosting.Demo;

/// <summary>Who a user of the demo is.</summary>
/// <param name="Username">To sign in with.</param>
/// <param name="DisplayName">As others see it.</param>
/// <param name="Bio">The profile's text; empty for none.</param>
/// <param name="JoinedDaysAgo">When the account was made.</param>
/// <param name="Age">In years.</param>
/// <param name="Hue">Of the avatar, 0 to 359 degrees; null for no avatar.</param>
internal sealed record DemoPerson(string Username, string DisplayName, string Bio, int JoinedDaysAgo = 60, int Age = 34, int? Hue = null);
