using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Failures;

public sealed class FailureReportTests
{
    [Fact]
    public void Says_WhatWasTriedAndSeen_AndOneCommand()
    {
        var failure = new CommandFailure(RefusalCode.NotPaired, "The home /h has no daemon running and is not paired with a gateway.")
        {
            Tried = [new Attempt("control socket /h/run/control.sock", "not there"), new Attempt("default profile", "this home is not paired with a gateway")],
        };

        Assert.Equal(
            """
            netclaw: The home /h has no daemon running and is not paired with a gateway.
              tried  control socket /h/run/control.sock: not there
              tried  default profile: this home is not paired with a gateway
              code   not_paired
              next   netclaw pair <url>
            """.Split('\n'), FailureReport.Text(failure, 80));
    }

    [Fact]
    public void Lists_EveryProblemOfAStart()
    {
        var failure = new CommandFailure(RefusalTable.Error(RefusalCode.ConfigInvalid, "netclawd does not start: 2 problems.") with { Remedy = null })
        {
            Problems =
            [
                RefusalTable.Error(RefusalCode.ConfigInvalid, "netclaw.json: there is no key \"listn\"; did you mean \"listen\"?"),
                RefusalTable.Error(RefusalCode.PortInUse, "127.0.0.1:5199 is in use."),
            ],
        };

        Assert.Equal(
            """
            netclaw: netclawd does not start: 2 problems.
              1. netclaw.json: there is no key "listn"; did you mean "listen"?
                 config_invalid, next: netclaw config check
              2. 127.0.0.1:5199 is in use.
                 port_in_use, next: netclaw daemon start --listen 127.0.0.1:0
              code   config_invalid
            """.Split('\n'), FailureReport.Text(failure, 80));
        Assert.Equal(ExitCodes.Config, failure.ExitCode);
    }

    [Fact]
    public void Wraps_OnATerminalOnly()
    {
        var failure = new CommandFailure(RefusalCode.TimedOut, "one two three four five six seven");

        Assert.Equal(["netclaw: one two", "three four five six", "seven"], FailureReport.Text(failure, 20).Take(3));
        Assert.Equal("netclaw: one two three four five six seven", FailureReport.Text(failure, int.MaxValue).First());
    }

    [Fact]
    public void IsOneCallError_AsJson()
    {
        var failure = new CommandFailure(RefusalCode.TimedOut, "no <answer>") { Tried = [new Attempt("here", "nothing")] };

        var json = FailureReport.Json(failure);

        Assert.Equal(
            """{"code":"timed_out","message":"no <answer>","remedy":"netclaw daemon status","retryable":true,"details":{"tried":[{"what":"here","seen":"nothing"}]}}""",
            json);
        Assert.NotNull(JsonSerializer.Deserialize(json, ProtocolJson.Default.CallError));
    }

    [Fact]
    public void KeepsTheGatewaysOwnDetails()
    {
        var details = JsonSerializer.SerializeToElement(new { requestId = "r_1" });
        var error = RefusalTable.Error(RefusalCode.PairingRequestSuperseded, "superseded", details: details);

        Assert.Contains("""details":{"requestId":"r_1"}""", FailureReport.Json(new CommandFailure(error)));
        Assert.Contains(
            """details":{"tried":[{"what":"a","seen":"b"}],"gateway":{"requestId":"r_1"}}""",
            FailureReport.Json(new CommandFailure(error) { Tried = [new Attempt("a", "b")] }));
    }

    [Fact]
    public void ShowsNoEscapes_OfTheGatewaysWords()
    {
        var failure = new CommandFailure(new CallError("evil\e[2J", "\e]0;title\a hello", "netclaw\r status"));

        Assert.DoesNotContain(string.Concat(FailureReport.Text(failure, 80)), symbol => char.IsControl(symbol));
        Assert.Equal(ExitCodes.Failed, failure.ExitCode);
    }
}
