namespace ChatHub.Contracts;

/// <summary>The kinds of tips.</summary>
public enum IntroTipCode
{
    /// <summary>The text could be sent to anyone.</summary>
    TooGeneric,

    /// <summary>More than three sentences.</summary>
    TooLong,

    /// <summary>No question that invites more than yes or no.</summary>
    NoOpenQuestion,

    /// <summary>The sender does not follow the recipient.</summary>
    NotFollowing,

    /// <summary>The text is about looks.</summary>
    AboutLooks,

    /// <summary>The recipient has very many followers.</summary>
    VeryPopular,
}
