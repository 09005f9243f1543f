namespace Netclaw.Actors.Trust.Reading;

public sealed class IdentityHeaderTests
{
    private static readonly TrustedProxyOptions Proxy = new()
    {
        UserHeader = "X-Forwarded-User", RequiredHeaders = ["X-Forwarded-Proto", "X-Team"],
        Assertion = new AssertionOptions { Header = "X-Assertion", Issuer = "i", Audience = "a", KeySet = "k" },
    };

    private static Request Behind => Request.From("10.0.0.1").Behind("10.0.0.1").Under(Proxy);

    [Theory]
    [InlineData(HeaderState.Absent, null)]
    [InlineData(HeaderState.One, "alice@example.org", "X-Forwarded-User: alice@example.org")]
    [InlineData(HeaderState.One, "alice", "x-forwarded-USER:  alice\t")]
    [InlineData(HeaderState.One, "Alice Liddell", "X-Forwarded-User: Alice Liddell")]
    [InlineData(HeaderState.Blank, null, "X-Forwarded-User: ")]
    [InlineData(HeaderState.Blank, null, "X-Forwarded-User: \t ")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice", "X-Forwarded-User: alice")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: ", "X-Forwarded-User: alice")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice", "x-forwarded-user: mallory")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice, mallory")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice,")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: ,")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice", "X_Forwarded_User: mallory")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice", "X-Forwarded_User: ")]
    [InlineData(HeaderState.Ambiguous, null, "X_FORWARDED_USER: mallory")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice", "Connection: X-Forwarded-User")]
    [InlineData(HeaderState.Ambiguous, null, "X-Forwarded-User: alice", "connection: close", "CONNECTION: upgrade ,x_forwarded_user")]
    [InlineData(HeaderState.Ambiguous, null, "Connection: x-forwarded-user, upgrade")]
    [InlineData(HeaderState.One, "alice", "X-Forwarded-User: alice", "Connection: upgrade", "X-Forwarded-Users: bob", "X-Forwarded-User-Id: 7")]
    [InlineData(HeaderState.One, "alice", "X-Forwarded-User: alice", "Connection: x-forwarded-user-id", "XForwardedUser: bob")]
    public void User_IsOneOrNobody(HeaderState state, string? value, params string[] lines)
    {
        var seen = Behind.With(Parse(lines)).Read().User;
        Assert.Equal((state, value), (seen.State, seen.Value));
    }

    [Theory]
    [InlineData(HeaderState.Absent, null)]
    [InlineData(HeaderState.One, "a.b.c", "X-Assertion: a.b.c")]
    [InlineData(HeaderState.Blank, null, "X-Assertion: ")]
    [InlineData(HeaderState.Ambiguous, null, "X-Assertion: a.b.c", "X-Assertion: d.e.f")]
    [InlineData(HeaderState.Ambiguous, null, "X-Assertion: a.b.c", "X_Assertion: d.e.f")]
    [InlineData(HeaderState.Ambiguous, null, "X-Assertion: a.b.c", "Connection: x-assertion")]
    public void Assertion_IsOneOrNone(HeaderState state, string? value, params string[] lines)
    {
        var seen = Behind.With(Parse(lines)).Read().Assertion;
        Assert.Equal((state, value), (seen.State, seen.Value));
    }

    [Theory]
    [InlineData(null, "X-Forwarded-Proto: https", "X-Team: blue")]
    [InlineData(null, "X-Forwarded-Proto: https, http", "X-Team: blue")]
    [InlineData(null, "X-Forwarded-Proto: https", "X-Forwarded-Proto: http", "X-Team: blue")]
    [InlineData("x-forwarded-proto", "X-Team: blue")]
    [InlineData("x-forwarded-proto")]
    [InlineData("x-forwarded-proto", "X-Forwarded-Proto: ", "X-Team: blue")]
    [InlineData("x-forwarded-proto", "X-Forwarded-Proto: https", "X_Forwarded_Proto: https", "X-Team: blue")]
    [InlineData("x-forwarded-proto", "X-Forwarded-Proto: https", "Connection: X-Forwarded-Proto", "X-Team: blue")]
    [InlineData("x-team", "X-Forwarded-Proto: https")]
    [InlineData("x-team", "X-Forwarded-Proto: https", "X-Team:  ")]
    [InlineData("x-team", "X-Forwarded-Proto: https", "X-Team: blue, red")]
    [InlineData("x-team", "X-Forwarded-Proto: https", "X-Team: blue", "X-Team: blue")]
    [InlineData("x-team", "X-Forwarded-Proto: https", "X_Team: blue")]
    public void RequiredHeaders_AreAskedForInOrder(string? missing, params string[] lines) =>
        Assert.Equal(missing, Behind.With(Parse(lines)).Read().MissingHeader);

    [Fact]
    public void NoHeaderIsAnIdentity_WhenNoneIsConfigured()
    {
        var seen = Request.From("10.0.0.1").Behind("10.0.0.1").With(Parse("X-Forwarded-User: root", "X-User: root", "Remote-User: root", "X-Assertion: a.b.c")).Read();
        Assert.Equal((HeaderState.Absent, HeaderState.Absent, null), (seen.User.State, seen.Assertion.State, seen.MissingHeader));
    }

    /// <summary>Whatever other line is added anywhere: nobody becomes somebody, and what was ambiguous stays so.</summary>
    [Fact]
    public void AddingHeaders_NeverMakesOneOfNoneOrMany()
    {
        const int Seed = 4_711;
        var random = new Random(Seed);
        string[] names = ["X-Forwarded-User", "X_Forwarded_User", "x-forwarded_user", "Connection", "X-Forwarded-For", "Cookie", "X-Forwarded-Users", "Forwarded", "X-User", "Host"];
        string[] values = ["alice", "mallory", "", " ", "alice, bob", "x-forwarded-user", "close", "for=1.2.3.4"];
        for (var round = 0; round < 20_000; round++)
        {
            var lines = Enumerable.Range(0, random.Next(5)).Select(_ => Line()).ToArray();
            var added = Line();
            var at = random.Next(lines.Length + 1);
            var before = Behind.With(lines).Read().User;
            var after = Behind.With([.. lines[..at], added, .. lines[at..]]).Read().User;
            var isHeaderItself = added.Name.Equals("X-Forwarded-User", StringComparison.OrdinalIgnoreCase);
            var mayBecomeOne = before.State == HeaderState.One || (before.State == HeaderState.Absent && isHeaderItself);
            Assert.True(after.State != HeaderState.One || mayBecomeOne, $"seed {Seed}, round {round}: {before} became {after} by {added}");
            Assert.True(before.State != HeaderState.Ambiguous || after.State == HeaderState.Ambiguous, $"seed {Seed}, round {round}: {before} became {after} by {added}");
        }

        HeaderLine Line() => new(names[random.Next(names.Length)], values[random.Next(values.Length)]);
    }

    private static HeaderLine[] Parse(params string[] lines) =>
        [.. lines.Select(line => line.Split(':', 2)).Select(parts => new HeaderLine(parts[0], parts[1].StartsWith(' ') ? parts[1][1..] : parts[1]))];
}
