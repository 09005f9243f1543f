using System.Text;
using System.Text.Json;
using Netclaw.Actors.Trust.Explaining;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>Lines in, lines out.</summary>
public sealed class ExplainStreamTests
{
    [Theory]
    [InlineData("""{"transprot":"tcp"}""", "transprot", "did you mean transport?")]
    [InlineData("""{"peer":{"uid":1,"dscends":true}}""", "peer.dscends", "did you mean descends?")]
    [InlineData("""{"transport":"udp"}""", "transport", "one of control, shared, tcp")]
    [InlineData("""{"remote":"nowhere"}""", "remote", "an address")]
    [InlineData("""{"remoteUid":-1}""", "remoteUid", "a whole number")]
    [InlineData("""{"scopes":["read","everything"]}""", "scopes", "a scope")]
    [InlineData("""{"headers":{"Host":7}}""", "headers.Host", "a text")]
    [InlineData("""{"role":"node","role":"operator"}""", "role", "twice")]
    [InlineData("""{"config":{"exposure":{"mode":"funnel"}}}""", "config.exposure.mode", "tailscale-funnel")]
    [InlineData("""{"config":{"auth":{"mod":"none"}}}""", "config.auth.mod", "mode")]
    [InlineData("""{"credentials":{"token":"hunter2"}}""", "credentials.token", "one of absent, valid")]
    [InlineData("""[]""", "", "an object")]
    [InlineData("""{"role":"node"} {}""", "", "is not JSON")]
    [InlineData("""nonsense""", "", "is not JSON")]
    public async Task SaysWhereAndWhat_IsWrong(string question, string path, string message)
    {
        var wrong = await Explained.WrongAsync(question);
        Assert.Equal(path, wrong.Path);
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoesOn_AfterABadLine_AndNumbersLines()
    {
        var (lines, bad) = await Explained.RunAsync("{}\n\nbad\r\n{\"id\":\"last\"}");
        Assert.Equal((3, 1), (lines.Length, bad));
        Assert.Equal(3, JsonDocument.Parse(lines[1]).RootElement.GetProperty("error").GetProperty("line").GetInt32());
        Assert.Equal("last", JsonDocument.Parse(lines[2]).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task TakesOneObject_OverManyLines()
    {
        var (lines, bad) = await Explained.RunAsync("{\n  \"id\": \"one\",\n  \"role\":\n    \"node\"\n}\n");
        Assert.Equal(0, bad);
        Assert.Equal("node", JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("role").GetString());
    }

    [Fact]
    public async Task AnswersNothing_ToNothing() => Assert.Empty((await Explained.RunAsync("\n \n")).Lines);

    [Fact]
    public async Task CutsOffALineThatIsTooLong_AndGoesOn()
    {
        var long_ = new string('x', ExplainStream.LongestLine * 6);
        foreach (var input in (string[])[$"{{\"id\":\"{long_}\"}}\n{{\"id\":\"next\"}}\n", $"{{}}\n{{\"id\":\"{long_}\"}}\n{{\"id\":\"next\"}}\n", $"{{\"id\":\"next\"}}\n{long_}"])
        {
            var (lines, bad) = await Explained.RunAsync(new Trickle(Encoding.UTF8.GetBytes(input), 70_001));
            Assert.Equal(1, bad);
            Assert.Single(lines, line => line.Contains($"longer than {ExplainStream.LongestLine}", StringComparison.Ordinal));
            Assert.Single(lines, line => line.Contains("\"id\":\"next\"", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(977)]
    [InlineData(1 << 20)]
    public async Task KeepsTheOrder_HoweverTheInputArrives(int at)
    {
        var count = at == 1 ? 200 : 5_000;
        var input = string.Concat(Enumerable.Range(0, count).Select(number => $"{{\"id\":\"{number}\",\"transport\":\"control\",\"peer\":{{\"uid\":{number % 3 * 500},\"descends\":false}}}}\n"));
        var (lines, bad) = await Explained.RunAsync(new Trickle(Encoding.UTF8.GetBytes(input), at));
        Assert.Equal(0, bad);
        Assert.Equal(Enumerable.Range(0, count).Select(number => $"{number} {(number % 3 == 1 ? "refused" : "granted")}"), lines.Select(line =>
        {
            var answer = JsonDocument.Parse(line).RootElement;
            return $"{answer.GetProperty("id").GetString()} {answer.GetProperty("outcome").GetString()}";
        }));
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
