using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatHub.Contracts;

/// <summary>A refusal: thrown by the server's rules, carried as text in a HubException, thrown again by the SDK.</summary>
public sealed partial class ChatHubException : Exception
{
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="sentence">What a person should read.</param>
    /// <param name="retryAfter">How long to wait before the same call may succeed; sent in whole seconds, rounded up.</param>
    public ChatHubException(string code, string sentence, TimeSpan? retryAfter = null)
        : base(sentence)
    {
        Code = code;
        RetryAfter = retryAfter;
    }

    /// <summary>One of <see cref="ErrorCodes"/>: what programs branch on.</summary>
    public string Code { get; }

    /// <summary>How long to wait before the same call may succeed; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The wait in whole seconds, rounded up and never below 1; null where waiting does not help.</summary>
    public int? RetryAfterSeconds =>
        RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : null;

    /// <summary>The wire form: <c>code: sentence</c>, or <c>code;retryAfter=SECONDS: sentence</c>.</summary>
    public string ToWire() => RetryAfterSeconds is { } seconds
        ? string.Create(CultureInfo.InvariantCulture, $"{Code};retryAfter={seconds}: {Message}")
        : $"{Code}: {Message}";

    /// <summary>
    /// Reads the wire form out of a hub error, whatever the framework put in front of it. An error without a code is
    /// a call whose argument could not be bound: it reads as <see cref="ErrorCodes.InvalidArgument"/>.
    /// </summary>
    public static ChatHubException FromWire(string hubError)
    {
        ArgumentNullException.ThrowIfNull(hubError);
        var match = WireForm().Match(hubError);
        if (!match.Success)
            return new(ErrorCodes.InvalidArgument, hubError);

        var wait = match.Groups["wait"];
        return new(
            match.Groups["code"].Value,
            match.Groups["sentence"].Value,
            wait.Success ? TimeSpan.FromSeconds(int.Parse(wait.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)) : null);
    }

    // The framework writes "An unexpected error occurred invoking 'X' on the server. HubException: " before it.
    [GeneratedRegex(@"^(?:.*?\bHubException: )?(?<code>[a-z]+(?:_[a-z]+)*)(?:;retryAfter=(?<wait>\d{1,9}))?: (?<sentence>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex WireForm();
}
