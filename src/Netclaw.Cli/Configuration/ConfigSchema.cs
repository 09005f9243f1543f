using System.Text.Json;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Configuration;

/// <summary><c>netclaw config schema</c>: one JSON object, with line breaks unless a program asks.</summary>
internal sealed class ConfigSchema(CommandContext context)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        ConfigFileName.RefuseElsewhere(context, "schema");
        var answer = await new OfflineVerb(context).RunAsync("config-schema", [], cancellation);
        context.Screen.Line(context.Options.Json ? answer.Json : Indented(answer.Json));
        await context.Screen.Terminal.Out.FlushAsync(cancellation);
        return answer.ExitCode;
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
