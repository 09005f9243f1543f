using System.Text;
using System.Text.Json;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Explaining;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Offline;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>Questions to the policy as <c>netclawd offline policy-explain</c> answers them, in this process.</summary>
internal static class Explained
{
    public const uint Owner = 1000;

    private static readonly QuestionReader Reader = PolicyQuestions.Reader(new SystemAccounts(), Owner);

    public static async Task<(string[] Lines, long Bad)> RunAsync(string input, bool asText = false) => await RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), asText);

    public static async Task<(string[] Lines, long Bad)> RunAsync(Stream input, bool asText = false)
    {
        using var output = new MemoryStream();
        var bad = await new ExplainStream(TrustPolicy.Default, Reader, asText).RunAsync(input, output, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return (Encoding.UTF8.GetString(output.ToArray()).Split('\n')[..^1], bad);
    }

    public static async Task<JsonElement> OneAsync(string question)
    {
        var (lines, bad) = await RunAsync(question);
        Assert.Equal(0, bad);
        return JsonDocument.Parse(Assert.Single(lines)).RootElement;
    }

    /// <summary>The path and the message of the one error.</summary>
    public static async Task<(string Path, string Message)> WrongAsync(string question)
    {
        var (lines, bad) = await RunAsync(question);
        Assert.Equal(1, bad);
        var error = JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("error");
        return (error.GetProperty("path").GetString()!, error.GetProperty("message").GetString()!);
    }

    public static JsonElement Schema() => JsonDocument.Parse(Reader.Schema().ToJsonString()).RootElement;
}
