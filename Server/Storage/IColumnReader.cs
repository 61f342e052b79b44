namespace ChatHub.Server.Storage;

/// <summary>The row that a statement stands on.</summary>
public interface IColumnReader
{
    bool IsNull(int column);
    long Number(int column);
    string Text(int column);
}
