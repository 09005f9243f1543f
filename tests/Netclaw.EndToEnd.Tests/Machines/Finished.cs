using System.Text.Json;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A process that has ended, with all it said.</summary>
internal sealed record Finished(string Command, int ExitCode, string Out, string Error)
{
    /// <summary>Ends the test with everything the process said unless the exit code is this one.</summary>
    public Finished Expect(int exitCode)
    {
        if (ExitCode != exitCode)
        {
            Assert.Fail($"expected exit code {exitCode}\n{this}");
        }

        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Unhandled exception", Error);
        return this;
    }

    /// <summary>Stdout, which must be exactly one JSON object.</summary>
    public JsonElement Json()
    {
        try
        {
            var value = JsonSerializer.Deserialize<JsonElement>(Out);
            Assert.Equal(JsonValueKind.Object, value.ValueKind);
            return value;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"stdout is not one JSON object: {e.Message}\n{this}");
        }
    }

    /// <summary>The error object on stderr; stdout must be empty.</summary>
    public JsonElement JsonError()
    {
        Assert.Equal("", Out);
        var errors = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Where(line => !line.TryGetProperty("event", out _)).ToArray();
        return Assert.Single(errors);
    }

    /// <summary>The code of the error on stderr.</summary>
    public string Code() => JsonError().GetProperty("code").GetString()!;

    public override string ToString() => $"$ {Command}\nexit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}
