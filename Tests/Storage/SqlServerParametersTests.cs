using System.Data;
using ChatHub.Server.Storage.SqlServer;
using Microsoft.Data.SqlClient;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>Ids travel as they are stored, and one with spaces at its end is no other's. Needs no server.</summary>
public sealed class SqlServerParametersTests
{
    [Theory]
    [InlineData("id")]
    [InlineData("OtherId")]
    [InlineData("userIds17")]
    [InlineData("conversationId_3")]
    [InlineData("nextHash")]
    [InlineData("clientId")]
    public void An_id_is_VARCHAR_of_one_size(string name)
    {
        var parameter = Narrowed(name, "0193f2");

        Assert.Equal((SqlDbType.VarChar, 100, "0193f2"), (parameter.SqlDbType, parameter.Size, parameter.Value));
    }

    [Theory]
    [InlineData("text", "0193f2")]
    [InlineData("username", "alice")]
    [InlineData("id", "ß")]
    [InlineData("id", "中文")]
    public void Whatever_else_is_text_keeps_every_character(string name, string value)
    {
        var parameter = Narrowed(name, value);

        Assert.Equal((SqlDbType.NVarChar, value), (parameter.SqlDbType, parameter.Value));
    }

    [Theory]
    [InlineData("id", "0193f2 ", "0193f2 \u007F")]
    [InlineData("UserId", " ", " \u007F")]
    [InlineData("clientId", "c ", "c ")]
    [InlineData("id", " 0193f2", " 0193f2")]
    public void Spaces_at_an_ids_end_make_it_another_id(string name, string value, string sent) => Assert.Equal(sent, Narrowed(name, value).Value);

    [Fact]
    public void Numbers_and_nulls_stay_as_they_are()
    {
        Assert.Equal(7L, Narrowed("id", 7L).Value);
        Assert.Equal(DBNull.Value, Narrowed("id", DBNull.Value).Value);
    }

    private static SqlParameter Narrowed(string name, object value)
    {
        var parameter = new SqlParameter(name, value);
        SqlServerParameters.Narrow(parameter, name);
        return parameter;
    }
}
