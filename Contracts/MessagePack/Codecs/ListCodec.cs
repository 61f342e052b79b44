using System.Text.Json.Serialization.Metadata;

namespace ChatHub.Contracts.MessagePack;

/// <summary>Arrays, lists, and the interfaces that a list fulfils.</summary>
internal sealed class ListCodec<TList, TItem>(JsonTypeInfo<TList> info, Codec<TItem> items) : Codec<TList>(info)
    where TList : class, IEnumerable<TItem>
{
    // The longest page. Room for more is made only once that many values have been seen to be there.
    private const int MostTrusted = Limits.PageMax;

    public override void Write(ref PackWriter writer, TList? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case IReadOnlyList<TItem> list:
                WriteItems(ref writer, list);
                break;
            default:
                WriteAsJson(ref writer, value);
                break;
        }
    }

    public override TList? Read(ref PackReader reader)
    {
        var start = reader.Position;
        return reader.Read() switch
        {
            PackKind.Array => ReadItems(ref reader, reader.Count),
            PackKind.Nil => null,
            _ => ReadAsJson(ref reader, start),
        };
    }

    private void WriteItems(ref PackWriter writer, IReadOnlyList<TItem> list)
    {
        writer.Enter();
        var count = list.Count;
        writer.WriteArrayHead(count);
        for (var i = 0; i < count; i++)
            items.Write(ref writer, list[i]);
        writer.Leave();
    }

    private TList ReadItems(ref PackReader reader, int count)
    {
        reader.Enter();
        if (count > MostTrusted)
            Verify(ref reader, count);

        var list = new List<TItem>(count);
        for (var i = 0; i < count; i++)
            list.Add(items.Read(ref reader)!);
        reader.Leave();
        return (TList)(object)(typeof(TList).IsArray ? list.ToArray() : list);
    }

    private static void Verify(ref PackReader reader, int count)
    {
        var start = reader.Position;
        for (var i = 0; i < count; i++)
            reader.Skip();
        reader.Position = start;
    }
}
