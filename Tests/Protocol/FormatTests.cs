using System.Buffers;
using System.Text.Json;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Protocol.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>Every format of the MessagePack specification, read as the value that JSON makes of it; and the form that each value is written in.</summary>
public sealed class FormatTests
{
    // [3, {}, "1", 3, and then the value
    private static readonly byte[] Start = [0x95, 0x03, 0x80, 0xa1, 0x31, 0x03];

    [Theory]
    [InlineData("05", 5)]
    [InlineData("e0", -32)]
    [InlineData("cc 80", 128)]
    [InlineData("cd 01 00", 256)]
    [InlineData("ce 00 01 00 00", 65_536)]
    [InlineData("cf 00 00 00 01 00 00 00 00", 4_294_967_296)]
    [InlineData("d0 80", -128)]
    [InlineData("d1 80 00", -32_768)]
    [InlineData("d2 80 00 00 00", int.MinValue)]
    [InlineData("d3 80 00 00 00 00 00 00 00", long.MinValue)]
    [InlineData("d3 00 00 00 00 00 00 00 05", 5)]
    public void Integer_of_any_width_is_read(string bytes, long expected) => Assert.Equal(expected, Read<long>(bytes));

    [Theory]
    [InlineData("ca 3f c0 00 00", 1.5)]
    [InlineData("cb 3f b9 99 99 99 99 99 9a", 0.1)]
    [InlineData("cf ff ff ff ff ff ff ff ff", 18_446_744_073_709_551_615d)]
    [InlineData("d0 ff", -1)]
    public void Float_of_either_width_is_read(string bytes, double expected) => Assert.Equal(expected, Read<double>(bytes));

    [Theory]
    [InlineData("a2 c3 a9", "é")]
    [InlineData("d9 01 61", "a")]
    [InlineData("da 00 01 61", "a")]
    [InlineData("db 00 00 00 01 61", "a")]
    [InlineData("c0", null)]
    public void Text_of_any_width_is_read(string bytes, string? expected) => Assert.Equal(expected, Read<string>(bytes));

    [Theory]
    [InlineData("c4 03 01 02 03")]
    [InlineData("c5 00 03 01 02 03")]
    [InlineData("c6 00 00 00 03 01 02 03")]
    [InlineData("a4 41 51 49 44")]
    public void Binary_of_any_width_and_Base64_text_are_read(string bytes) => Assert.Equal([1, 2, 3], Read<byte[]>(bytes)!);

    [Theory]
    [InlineData("d6 ff 69 21 6e 40", "2025-11-22T08:03:12.000Z")]
    [InlineData("d7 ff 1d 53 53 00 69 21 6e 40", "2025-11-22T08:03:12.123Z")]
    [InlineData("c7 0c ff 07 54 d4 c0 ff ff ff ff ff ff ff ff", "1969-12-31T23:59:59.123Z")]
    [InlineData("b4 32 30 32 35 2d 31 31 2d 32 32 54 30 38 3a 30 33 3a 31 32 5a", "2025-11-22T08:03:12.000Z")]
    public void Timestamp_of_any_width_is_read_as_an_instant(string bytes, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Read<DateTimeOffset>(bytes));

    [Theory]
    [InlineData("dc 00 02 01 02")]
    [InlineData("dd 00 00 00 02 01 02")]
    [InlineData("92 01 02")]
    public void Array_of_any_width_is_read(string bytes) => Assert.Equal([1L, 2L], Read<IReadOnlyList<long>>(bytes)!);

    [Theory]
    [InlineData("82 a1 61 01 a1 62 02")]
    [InlineData("de 00 02 a1 61 01 a1 62 02")]
    [InlineData("df 00 00 00 02 a1 61 01 a1 62 02")]
    public void Map_of_any_width_is_read(string bytes) =>
        Assert.Equal(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, Read<Dictionary<string, int>>(bytes)!);

    [Theory]
    [InlineData("c1")]
    [InlineData("cb 00 00")]
    [InlineData("a5 61")]
    [InlineData("dd ff ff ff ff")]
    [InlineData("df 7f ff ff ff")]
    [InlineData("c6 ff ff ff ff")]
    public void Value_that_is_malformed_fails_its_call_alone(string bytes) => Assert.NotNull(Refused(bytes, typeof(object)));

    [Theory]
    [InlineData("a1 61", typeof(long))]
    [InlineData("cf ff ff ff ff ff ff ff ff", typeof(long))]
    [InlineData("ce ff ff ff ff", typeof(int))]
    [InlineData("ca 3f c0 00 00", typeof(int))]
    [InlineData("ca 40 a0 00 00", typeof(long))]
    [InlineData("cb 40 14 00 00 00 00 00 00", typeof(long))]
    [InlineData("c4 01 61", typeof(string))]
    [InlineData("c0", typeof(bool))]
    [InlineData("05", typeof(string))]
    [InlineData("a2 ff ff", typeof(string))]
    [InlineData("05", typeof(IReadOnlyList<long>))]
    [InlineData("d4 05 00", typeof(string))]
    [InlineData("c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff", typeof(DateTimeOffset))]
    [InlineData("cb 7f f8 00 00 00 00 00 00", typeof(double))]
    public void Value_of_the_wrong_type_fails_its_call_alone(string bytes, Type type) => Assert.NotNull(Refused(bytes, type));

    [Fact]
    public void Number_or_text_written_is_read_back_unchanged()
    {
        Prop.ForAll((long value) => Written(value) == value).Holds();
        Prop.ForAll((ulong value) => Written(value) == value).Holds();
        Prop.ForAll((NormalFloat value) => Written(value.Get) == value.Get).Holds();
        Prop.ForAll((UnicodeString value) => Written(value.Get) == JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(value.Get))).Holds();
    }

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7F")]
    [InlineData(128L, "CC80")]
    [InlineData(255L, "CCFF")]
    [InlineData(256L, "CD0100")]
    [InlineData(65_536L, "CE00010000")]
    [InlineData(4_294_967_296L, "CF0000000100000000")]
    [InlineData(-32L, "E0")]
    [InlineData(-33L, "D0DF")]
    [InlineData(-129L, "D1FF7F")]
    [InlineData(-32_769L, "D2FFFF7FFF")]
    [InlineData(-2_147_483_649L, "D3FFFFFFFF7FFFFFFF")]
    [InlineData(true, "C3")]
    [InlineData(false, "C2")]
    [InlineData(null, "C0")]
    [InlineData(1.5, "CB3FF8000000000000")]
    [InlineData(0.1, "CB3FB999999999999A")]
    [InlineData("", "A0")]
    [InlineData("é", "A2C3A9")]
    public void Value_is_written_in_its_shortest_form(object? value, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(Value(value)));

    [Theory]
    [InlineData(31, "BF")]
    [InlineData(32, "D920")]
    [InlineData(255, "D9FF")]
    [InlineData(256, "DA0100")]
    [InlineData(65_535, "DAFFFF")]
    [InlineData(65_536, "DB00010000")]
    public void Text_of_any_script_has_the_shortest_head(int bytes, string head)
    {
        Assert.StartsWith(head, Convert.ToHexString(Value(new string('x', bytes))), StringComparison.Ordinal);
        Assert.StartsWith(head, Convert.ToHexString(Value(new string('é', bytes / 2) + (bytes % 2 == 0 ? "" : "x"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, "9F", "8F")]
    [InlineData(16, "DC0010", "DE0010")]
    [InlineData(65_536, "DD00010000", "DF00010000")]
    public void Array_or_map_has_the_shortest_head(int count, string array, string map)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        Assert.StartsWith(array, Convert.ToHexString(Value(numbers)), StringComparison.Ordinal);
        Assert.StartsWith(map, Convert.ToHexString(Value(numbers.ToDictionary(i => $"{i}"))), StringComparison.Ordinal);
    }

    [Fact]
    public void RawResult_passed_on_keeps_its_bytes()
    {
        var raw = Read<RawResult>("82 a1 61 93 01 02 c3 a1 62 d9 01 78")!;
        Assert.Equal("82A161930102C3A162D90178", Convert.ToHexString(raw.RawSerializedData.ToArray()));
        Assert.Equal(raw.RawSerializedData.ToArray(), Value(raw));
    }

    private static T? Read<T>(string bytes)
    {
        var completion = (CompletionMessage)HubProtocols.OpenPack.Parse(Completion(bytes), new OneTypeBinder(typeof(T)));
        Assert.Null(completion.Error);
        return (T?)completion.Result;
    }

    private static string? Refused(string bytes, Type type) =>
        ((CompletionMessage)HubProtocols.OpenPack.Parse(Completion(bytes), new OneTypeBinder(type))).Error;

    private static T? Written<T>(T value) => Read<T>(Convert.ToHexString(Value(value)));

    private static byte[] Completion(string value) => Frames.Of([.. Start, .. Convert.FromHexString(value.Replace(" ", "", StringComparison.Ordinal))]);

    private static byte[] Value(object? value) =>
        Frames.Body(HubProtocols.OpenPack.GetMessageBytes(CompletionMessage.WithResult("1", value)))[Start.Length..];
}
