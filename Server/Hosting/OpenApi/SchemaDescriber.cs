using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatHub.Server.Hosting.OpenApi;

/// <summary>What the wire's own converters write, which cannot be seen from outside them; and integers as such, though a string of digits is read too.</summary>
internal static class SchemaDescriber
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var orNull = type == declared ? default : JsonSchemaType.Null;
        if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String | orNull, "date-time");
        if (type == typeof(int) || type == typeof(long))
            (schema.Type, schema.Pattern, schema.AnyOf) = (JsonSchemaType.Integer | orNull, null, null);
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(name => JsonValue.Create(char.ToLowerInvariant(name[0]) + name[1..]))];
        }

        return Task.CompletedTask;
    }
}
