namespace ChatHub.Contracts;

/// <summary>What a profile's message button does.</summary>
public enum ButtonState
{
    /// <summary>A conversation is open, or opens without a request.</summary>
    Message,

    /// <summary>A message request has to be accepted first.</summary>
    Request,

    /// <summary>The caller's own request is pending.</summary>
    Pending,

    /// <summary>Their request is in the caller's folder.</summary>
    Respond,

    /// <summary>Greyed out, with its sentence.</summary>
    Notice,

    /// <summary>No button: oneself, a blocked user, or a user who cannot be messaged.</summary>
    Hidden,
}
