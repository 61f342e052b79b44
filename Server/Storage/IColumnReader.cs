namespace ChatHub.Server.Storage;

/// <summary>Reads the columns of a statement's current row, by number from 0.</summary>
public interface IColumnReader
{
    bool IsNull(int column);
    long Number(int column);
    string Text(int column);
}
