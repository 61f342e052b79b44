using System.Data;
using System.Text;
using Dapper;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// Dapper's parameters as SQL Server should see them: opaque ids as VARCHAR, which is how they are stored. As NVARCHAR each
/// would be compared with a converted column. An id is recognised by its name, which ends with id, hash or digest.
/// </summary>
internal sealed class SqlServerParameters(object template) : SqlMapper.IDynamicParameters
{
    private const int IdSize = 100;
    private static readonly string[] Endings = ["id", "ids", "hash", "digest"];

    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        ((SqlMapper.IDynamicParameters)new DynamicParameters(template)).AddParameters(command, identity);
        foreach (SqlParameter parameter in command.Parameters)
            Narrow(parameter, parameter.ParameterName);
    }

    /// <param name="parameter">Its value is set.</param>
    /// <param name="name">As the SQL has it; Dapper numbers the members of a list.</param>
    public static void Narrow(SqlParameter parameter, string name)
    {
        if (parameter.Value is not string text || !IsId(name))
            return;
        // SQL Server sees no spaces at the end of what it compares. No id has one (client ids may, and are found by their hash):
        // with a character after it that is in none, it finds nothing.
        if (text.EndsWith(' ') && !name.Equals("clientId", StringComparison.OrdinalIgnoreCase))
            parameter.Value = text = text + '\u007F';
        if (text.Length <= IdSize && Ascii.IsValid(text))
            (parameter.SqlDbType, parameter.Size) = (SqlDbType.VarChar, IdSize);
    }

    private static bool IsId(string name)
    {
        var end = name.AsSpan().TrimEnd("_0123456789");
        foreach (var ending in Endings)
        {
            if (end.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
