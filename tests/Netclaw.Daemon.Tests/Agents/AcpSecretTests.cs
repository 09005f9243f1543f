using System.Text;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Agents;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol.Processes;
using static Netclaw.Daemon.Tests.Agents.AcpScene;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>What an agent was handed is not repeated where the gateway quotes it: neither in an error, which stands in the transcript, nor in the log.</summary>
public sealed class AcpSecretTests : IDisposable
{
    private const string Key = "bob-canary-1";

    private readonly AcpScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("error", "echo '{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32603,\"message\":\"Incorrect API key provided: '$BOB_KEY'\"}}'; cat > /dev/null")]
    [InlineData("error, cut off within the key", "echo '{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32603,\"message\":\"'$(head -c 294 /dev/zero | tr '\\0' x)' '$BOB_KEY'\"}}'; cat > /dev/null")]
    [InlineData("garbage", "echo \"my key is $BOB_KEY\"; cat > /dev/null")]
    [InlineData("garbage, cut off within the key", "echo \"$(head -c 72 /dev/zero | tr '\\0' x) $BOB_KEY and more\"; cat > /dev/null")]
    [InlineData("reason", "echo '{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"stopReason\":\"'$BOB_KEY'\"}}'; cat > /dev/null")]
    [InlineData("last words", "echo \"no such key: $BOB_KEY\" >&2; exit 3")]
    [InlineData("a flood, cut off within the key", "(head -c 32764 /dev/zero | tr '\\0' x; echo $BOB_KEY; head -c 100000 /dev/zero | tr '\\0' y; echo; echo \"no such key: $BOB_KEY\") >&2; exit 3")]
    public async Task WhatItWasHanded_IsHidden(string what, string script)
    {
        _scene.Variables["BOB_KEY"] = Key;

        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(_scene.Agent([Hello, Opens, script], new ProgramOptions { Environment = ["BOB_KEY"] })));

        Assert.Contains("***", failed.Message, StringComparison.Ordinal);
        Assert.Contains("***", _scene.Log.Text, StringComparison.Ordinal);
        foreach (var place in (string[])[failed.Message, failed.Text, _scene.Log.Text, .. _scene.Sink.Lines])
        {
            Assert.False(place.Contains(Key[..4], StringComparison.Ordinal), $"{what}: {place}");
        }
    }

    [Fact]
    public async Task WhereSomethingWasLeftOut_NoPartOfAValueStands()
    {
        var (output, values) = (new BoundedOutput(64), new HandedValues(Key));
        var written = $"{new string('x', 28)}{Key}{new string('y', 100)}{Key}{new string('z', 25)}"; // 4 characters of the first key are kept, 7 of the second

        await output.DrainAsync(new MemoryStream(Encoding.ASCII.GetBytes(written)), CancellationToken.None);

        Assert.Equal($"{new string('x', 21)}\n[… {written.Length - 42} bytes left out]\n{new string('z', 21)}", output.Hiding(values.Bare, values.Longest));
    }

    [Fact]
    public void Values_AreHidden_WithinJson_AndOneWithinAnother()
    {
        var values = new HandedValues("se\"cret", "secret-long", "secret", "");

        Assert.Equal("""*** *** ["***"] [***]""", values.Bare("""secret-long secret ["se\"cret"] [se\u0022cret]"""));
    }
}
