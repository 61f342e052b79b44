using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Storage;

/// <summary>The settings under <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Sqlite = "Sqlite";
    public const string SqlServer = "SqlServer";

    [AllowedValues(Sqlite, SqlServer, ErrorMessage = "Storage:Provider must be Sqlite or SqlServer.")]
    public string Provider { get; set; } = Sqlite;

    [Required]
    public string ConnectionString { get; set; } = "Data Source=chathub.db";
}
