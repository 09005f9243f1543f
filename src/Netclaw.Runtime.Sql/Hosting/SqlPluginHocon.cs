using System.Text;
using System.Text.Json;

namespace Akka.Persistence.Sql.Hosting;

/// <summary>Writes the keys that both SQL plugins read.</summary>
internal static class SqlPluginHocon
{
    public static StringBuilder Connection(StringBuilder hocon, string? connectionString, string? providerName)
    {
        Text(hocon, "connection-string", connectionString, "ConnectionString");
        Text(hocon, "provider-name", providerName, "ProviderName");
        return hocon;
    }

    public static StringBuilder Schema(StringBuilder hocon, string? schemaName) =>
        schemaName is null ? hocon : hocon.AppendLine($"default.schema-name = {Quoted(schemaName)}");

    // A JSON string is a HOCON string.
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static void Text(StringBuilder hocon, string key, string? value, string property)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException($"SQL persistence needs {property}.");
        }

        hocon.AppendLine($"{key} = {Quoted(value)}");
    }
}
