namespace ChatHub.Server.Requests.Hooks;

/// <summary>What of the host has to be asked before a contact can be decided.</summary>
public enum Hook
{
    None,
    Directory,
    Policy,
}
