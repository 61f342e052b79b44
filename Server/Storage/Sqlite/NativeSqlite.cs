using System.Runtime.InteropServices;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>
/// SQLite's own functions for what the hot statements call a hundred times for each message, and for what the managed library
/// does not have. That library counts a reference to the handle at each call, and enters and leaves the garbage collector's
/// cooperative mode, which together cost more than most of these calls (docs/benchmarks.md). The ones marked with
/// <c>SuppressGCTransition</c> return within a microsecond and never block.
/// </summary>
internal static class NativeSqlite
{
    /// <summary>SQLITE_TRANSIENT: SQLite copies the text before it returns.</summary>
    public const nint OwnCopy = -1;

    private const string Library = "e_sqlite3";
    private const DllImportSearchPath SearchPath = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;

    [DllImport(Library, EntryPoint = "sqlite3_step"), DefaultDllImportSearchPaths(SearchPath)]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset"), DefaultDllImportSearchPaths(SearchPath)]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64"), DefaultDllImportSearchPaths(SearchPath), SuppressGCTransition]
    public static extern int BindNumber(nint statement, int index, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null"), DefaultDllImportSearchPaths(SearchPath), SuppressGCTransition]
    public static extern int BindNull(nint statement, int index);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text"), DefaultDllImportSearchPaths(SearchPath)]
    public static extern int BindText(nint statement, int index, in byte text, int bytes, nint destructor);

    [DllImport(Library, EntryPoint = "sqlite3_column_type"), DefaultDllImportSearchPaths(SearchPath), SuppressGCTransition]
    public static extern int ColumnType(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64"), DefaultDllImportSearchPaths(SearchPath), SuppressGCTransition]
    public static extern long ColumnNumber(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_text"), DefaultDllImportSearchPaths(SearchPath)]
    public static extern nint ColumnText(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_bytes"), DefaultDllImportSearchPaths(SearchPath), SuppressGCTransition]
    public static extern int ColumnBytes(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_file_control"), DefaultDllImportSearchPaths(SearchPath)]
    public static extern int FileControl(nint database, nint schema, int operation, out int result);
}
