namespace ChatHub.Contracts.MessagePack;

/// <content>Arrays and maps: a head with their count, then that many values, or pairs of them.</content>
internal ref partial struct PackWriter
{
    public void WriteArrayHead(int count) => PutItemsHead(PackFormat.FixArray, PackFormat.Array16, count);

    public void WriteMapHead(int count) => PutItemsHead(PackFormat.FixMap, PackFormat.Map16, count);

    /// <summary>Starts an array or map whose count is not known yet; gives what its end needs.</summary>
    public int BeginItems()
    {
        Claim(1);
        return _position;
    }

    public void EndArray(int begin, int count) => EndItems(begin, PackFormat.FixArray, PackFormat.Array16, count);

    public void EndMap(int begin, int count) => EndItems(begin, PackFormat.FixMap, PackFormat.Map16, count);

    // One byte was left for the head; a head of 3 or 5 pushes the items back.
    private void EndItems(int begin, byte fix, byte wide, int count)
    {
        var end = _position;
        var head = begin - 1;
        var push = ItemsHeadWidth(count) - 1;
        Claim(push);
        if (push > 0)
            _memory[begin..end].CopyTo(_memory[(begin + push)..]);

        _position = head;
        PutItemsHead(fix, wide, count);
        _position = end + push;
    }

    private void PutItemsHead(byte fix, byte wide, int count)
    {
        switch (count)
        {
            case <= PackFormat.MaxFixItems: Claim(1)[0] = (byte)(fix | count); break;
            case <= ushort.MaxValue: Put16(wide, (ushort)count); break;
            default: Put32((byte)(wide + 1), (uint)count); break;
        }
    }

    private static int ItemsHeadWidth(int count) => count switch
    {
        <= PackFormat.MaxFixItems => 1,
        <= ushort.MaxValue => 3,
        _ => 5,
    };
}
