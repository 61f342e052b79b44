using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Storage;

/// <summary>The settings under <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    [AllowedValues("Sqlite", ErrorMessage = "Storage:Provider must be Sqlite.")]
    public string Provider { get; set; } = "Sqlite";

    [Required]
    public string ConnectionString { get; set; } = "Data Source=chathub.db";
}
