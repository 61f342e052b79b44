namespace ChatHub.Server.Hosting.Demo;

/// <summary>An open chat of the demo.</summary>
internal sealed record DemoChat(string Id);
