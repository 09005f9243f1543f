using System.Text.Json;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary><c>netclaw doctor proxy</c> where the proxy's word lets people in: whether that word is the proxy's alone.</summary>
[Collection(SameHostGateway.Name)]
public sealed class DoctorUsersTests(SameHostGateway gateway)
{
    private static readonly (Wrong Wrong, int Exit, string[] Findings, string Fix)[] Mistakes =
    [
        (new("nginx that passes the user on", ReadyMade.NginxUsers, Wrong.Without("X-Forwarded-User")), ExitCodes.Failed, ["identity_forged"], "proxy_set_header X-Forwarded-User $remote_user;"),
        (new("nginx that copies the user", ReadyMade.NginxUsers, Wrong.Instead("$remote_user", "$http_x_forwarded_user")), ExitCodes.Failed, ["identity_forged"], "proxy_set_header X-Forwarded-User $remote_user;"),
        (new("nginx that names nobody", ReadyMade.Nginx, text => text + "\n"), ExitCodes.Failed, ["identity_missing"], "proxy_set_header X-Forwarded-User $remote_user;"),
        (new("nginx that lets underscores through", ReadyMade.NginxUsers, Wrong.Instead("server_name", "underscores_in_headers on; server_name")), ExitCodes.Warned, ["identity_twin"], "underscores_in_headers off;"),
        (new("nginx that passes a required header on", ReadyMade.NginxUsers, Wrong.Without("X-Forwarded-Proto")), ExitCodes.Failed, ["required_header_forged"], "proxy_set_header X-Forwarded-Proto"),
        (new("nginx without a required header", ReadyMade.NginxUsers, Wrong.Instead("$scheme", "\"\"")), ExitCodes.Failed, ["required_header_missing"], "proxy_set_header X-Forwarded-Proto"),
        (new("nginx that passes the password on", ReadyMade.NginxUsers, Wrong.Without("Authorization")), ExitCodes.Warned, ["password_passed_on"], "proxy_set_header Authorization \"\";"),
        (new("nginx that names somebody else", ReadyMade.NginxUsers, Wrong.Instead("$remote_user", "bob")), ExitCodes.Failed, ["request_refused"], "netclaw explain trusted_proxy_user_not_allowed"),
        (new("Caddy that passes the user on", ReadyMade.CaddyUsers, Wrong.Without("header_up X-Forwarded-User")), ExitCodes.Failed, ["identity_forged"], "header_up X-Forwarded-User {http.auth.user.id}"),
        (new("Caddy that lets underscores through", ReadyMade.CaddyUsers, Wrong.Without("-*_*")), ExitCodes.Warned, ["identity_twin"], "header_up -*_*"),
        (new("HAProxy that adds the user to the client's", ReadyMade.HaProxyUsers, text => Wrong.Instead("|x-forwarded-.*|", "|x-forwarded-[a-t].*|")(Wrong.Instead("set-header X-Forwarded-User", "add-header X-Forwarded-User")(text))),
            ExitCodes.Failed, ["identity_forged"], "http-request set-header X-Forwarded-User %[http_auth_user]"),
        (new("HAProxy that lets underscores through", ReadyMade.HaProxyUsers, Wrong.Instead("|.*_.*)", ")")), ExitCodes.Warned, ["identity_twin"], "http-request del-header ^.*_.*$ -m reg"),
        (new("HAProxy that forwards bytes", ReadyMade.HaProxyTcp, text => text + "\n"), ExitCodes.Failed, ["bytes_only"], "auth.mode"),
    ];

    public static TheoryData<string> MistakeNames => [.. Mistakes.Select(entry => entry.Wrong.Name)];

    public static TheoryData<string> WithUsers => [.. ReadyMade.All.Where(file => file.AsksForUser).Select(file => file.File)];

    [BehindProxyTheory]
    [MemberData(nameof(WithUsers))]
    public async Task ReadyMade_IsHealthy(string file)
    {
        var report = (await SameHostGateway.DoctorAsync(gateway.Machine, gateway[file])).Expect(ExitCodes.Ok).Json();

        Assert.Empty(Ids(report));
        Assert.Equal("ok", report.GetProperty("arrived").GetProperty("decision").GetProperty("code").GetString());
    }

    [BehindProxyTheory]
    [MemberData(nameof(MistakeNames))]
    public async Task Mistake_IsNamedWithTheLineThatMendsIt(string mistake)
    {
        var (wrong, exit, findings, fix) = Mistakes.Single(entry => entry.Wrong.Name == mistake);
        await using var front = await gateway.StartAsync(wrong.File, wrong.Change);

        var report = (await SameHostGateway.DoctorAsync(gateway.Machine, front)).Expect(exit).Json();

        Assert.Equal(findings, Ids(report));
        Assert.Contains(fix, report.GetProperty("findings")[0].GetProperty("fix")[0].GetProperty("line").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Without <c>--url</c> it is the address that clients are told; without <c>--json</c> it is for people.</summary>
    [BehindProxyFact]
    public async Task Report_ForAPerson_SaysWhatWasSeenAndWhatToWrite()
    {
        await using var front = await gateway.StartAsync(ReadyMade.Nginx, Wrong.Without("proxy_set_header Host"));

        var run = (await SameHostGateway.RunAsync(gateway.Machine, front, null, "doctor", "proxy", "--url", front.Url.ToString())).Expect(ExitCodes.Failed);

        Assert.Contains("error identity_missing", run.Out, StringComparison.Ordinal);
        Assert.Contains("  nginx: proxy_set_header X-Forwarded-User $remote_user;", run.Out, StringComparison.Ordinal);
        Assert.Contains($"The client asked for {front.Place.Listen}, the gateway was told {gateway.Machine.EndPoint}", run.Out.ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        var unreachable = (await SameHostGateway.RunAsync(gateway.Machine, front, null, "doctor", "proxy", "--json")).Expect(ExitCodes.Failed);
        Assert.Equal(["endpoint_unreachable"], Ids(unreachable.Json()));
    }

    private static string[] Ids(JsonElement report) => [.. report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("id").GetString()!)];
}
