using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Tests.Hubs;

/// <summary>A field of a method's argument: a good value, and the code that bad ones get.</summary>
/// <param name="Name">As on the wire.</param>
/// <param name="Good">A JSON value that is accepted here.</param>
/// <param name="Missing">What absence is answered with; null where the field is optional.</param>
/// <param name="Bad">JSON values that are refused, and with what.</param>
public sealed record HostileField(string Name, string Good, string? Missing, params (string Json, string Code)[] Bad);

/// <summary>Every hub method with every bad argument: what a client of ill will may send, and the contract's answer.</summary>
public sealed record HostileMethod(string Name, params HostileField[] Fields)
{
    private const string Invalid = ErrorCodes.InvalidArgument;

    /// <summary>Bad in whatever place a text is expected: numbers, objects, lists do not bind.</summary>
    private static readonly string[] NoTexts = ["7", "true", "{}", "[\"x\"]"];

    /// <summary>Bad as a whole.</summary>
    private static readonly string[] NoArguments = ["", "null", "7", "\"x\"", "[]", "{},{}", "true"];

    /// <summary>All bad arguments with the codes that they are answered with.</summary>
    public IEnumerable<(string Arguments, string Code)> Bad()
    {
        foreach (var arguments in NoArguments)
            yield return (arguments, Invalid);
        foreach (var field in Fields)
        {
            if (field.Missing is { } code)
            {
                yield return (With(field, null), code);
                yield return (With(field, "null"), code);
            }

            foreach (var (json, badCode) in field.Bad)
                yield return (With(field, json), badCode);
        }
    }

    /// <summary>An id: any text may be asked for, and one that cannot exist is not found.</summary>
    public static HostileField Id(string name, string good, string notFound, string? missing = Invalid) => new(
        name,
        good,
        missing,
        [
            .. NoTexts.Select(json => (json, Invalid)),
            .. ((string[])["", "x", "0", "-1", "' OR 1=1 --", "a\0b", "\t\n", "\uFFFE", "\uFDD0", "\u202E", "\U0010FFFF", "%", "💥", "00000000000000000000000000000000", new string('x', 5_000)])
                .Select(id => (Json(id), notFound)),
        ]);

    /// <param name="name">As on the wire.</param>
    /// <param name="max">In characters.</param>
    /// <param name="missing">What absence is answered with.</param>
    /// <param name="min">0 where an empty text is as good as any.</param>
    public static HostileField Text(string name, int max, string? missing = Invalid, int min = 1) => new(
        name,
        "\"Hello\"",
        missing,
        [
            .. NoTexts.Append("\"\\ud83d\"").Append("\"a\\ude00\"").Select(json => (json, Invalid)),
            .. ((string[])["", " \t\n ", "a\0b", "a\uFFFEb", "a\uFDD0b", "\U0010FFFF", "\u200B\u3164\u2800", "a\u001b[31m", "a\u0085b", new string('x', max + 1), string.Concat(Enumerable.Repeat("💥", max + 1))])
                .Where(text => min > 0 || text.Any(c => c is not (' ' or '\t' or '\n' or '\u200B' or '\u3164' or '\u2800')))
                .Select(text => (Json(text), Invalid)),
        ]);

    /// <summary>A list of ids, which may hold some that are not found.</summary>
    public static HostileField Ids(string name, string good) => new(
        name,
        $"[\"{good}\"]",
        Invalid,
        [
            .. ((string[])["7", "\"x\"", "{}", "[]", "[7]", "[null]", "[[]]", "[{}]"]).Select(json => (json, Invalid)),
            (JsonSerializer.Serialize(Enumerable.Range(0, Limits.RequestIdsMax + 1)), Invalid),
            (JsonSerializer.Serialize(Enumerable.Repeat(good, Limits.RequestIdsMax + 1)), Invalid),
        ]);

    public static HostileField ClientId() => new(
        "clientId",
        "\"hostile\"",
        Invalid,
        [
            .. NoTexts.Append("\"\\ud83d\"").Select(json => (json, Invalid)),
            .. ((string[])["", "é", "a\nb", "\0", "💥", new string('x', 65)]).Select(id => (Json(id), Invalid)),
        ]);

    public static HostileField Number(string name, string good, bool optional, params string[] alsoBad) => new(
        name,
        good,
        optional ? null : Invalid,
        [.. ((string[])["-1", "1.5", "\"7\"", "{}", "[7]", "true", "1e99", "99999999999999999999999", .. alsoBad]).Select(json => (json, Invalid))]);

    public static HostileField Choice(string name, string good, bool optional) => new(
        name,
        good,
        optional ? null : Invalid,
        [.. ((string[])["\"\"", "\"unknown\"", "\"PENDING\"", "0", "{}", "[]", "true"]).Select(json => (json, Invalid))]);

    public static HostileField Flag(string name, string good) => new(
        name, good, null, [.. ((string[])["\"\"", "\"true\"", "0", "1", "{}", "[true]"]).Select(json => (json, Invalid))]);

    public static HostileField Instant(string name) => new(
        name, "null", null, [.. ((string[])["\"\"", "\"tomorrow\"", "0", "{}", "\"2026-13-01T00:00:00Z\"", "\"99999-01-01T00:00:00Z\"", "true"]).Select(json => (json, Invalid))]);

    /// <summary>Anything but one emoji: half of one, two, text, a part without its selector, more bytes than one has.</summary>
    public static HostileField Emoji() => new(
        "emoji",
        "null",
        null,
        [
            .. NoTexts.Append("\"\\ud83d\"").Select(json => (json, Invalid)),
            .. ((string[])["", " ", "x", "👍👍", "👍 ", "❤", "\uFE0F", "\u200D", "👍\u0000", "🇩", "🇽🇽", "👩\u200D", string.Concat(Enumerable.Repeat("👍", 5_000))])
                .Select(text => (Json(text), Invalid)),
        ]);

    public static HostileField[] Page() =>
    [
        Number("limit", "100", optional: true, "0", "101", "2147483647", "2147483648"),
        new("cursor", "null", null, [.. NoTexts.Concat(["\"\"", "\"%\"", "\"MQ,\"", "\"MTIzNDU\"", "\"\uFFFE\"", "\"bm90IGEgbnVtYmVy!\"", $"\"{new string('A', 60)}\""]).Select(json => (json, Invalid))]),
    ];

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static string Object(IEnumerable<(string Name, string Json)> fields) =>
        $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Json}"))}}}";

    private string With(HostileField bad, string? json) => Object(
        Fields.Select(field => (field.Name, field == bad ? json : field.Good)).Where(field => field.Item2 is not null)!);
}
