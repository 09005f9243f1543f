using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Audit;

public sealed class AuditTrailTests : IAuditLog
{
    private readonly List<AuditRecord> _written = [];

    public void Write(AuditRecord record) => _written.Add(record);

    [Fact]
    public void Session_NamesTheEvidence()
    {
        var facts = SessionSamples.Facts with { Evidence = SessionSamples.Facts.Evidence with { Host = "agent.example.org", Forwarded = true } };
        new AuditTrail(this).Session(Record("seen") with { Check = "device-identity" }, facts, SessionSamples.Start);
        Assert.Equal(
            new AuditRecord(SessionSamples.Start, AuditKind.Authentication, "unproven", "connect", "refused", "pairing_required", facts.Id, null, "tcp/signalr", "203.0.113.9", "seen")
            {
                Check = "device-identity", Host = "agent.example.org", Forwarded = true,
            },
            Assert.Single(_written));
    }

    [Fact]
    public void Operator_NamesWhoDecidedAboutWhom()
    {
        new AuditTrail(this).Operator(
            AuditKind.Revocation, PairRemoveParams.Method, SessionSamples.LocalOperator, SessionSamples.Facts.Id, SessionSamples.Start, AuditOutcome.Ok, "ok", SessionSamples.Laptop, "lost");
        var record = Assert.Single(_written);
        Assert.Equal(("control:uid=1000", "control-socket", SessionSamples.Laptop, "lost"), (record.Subject, record.Transport, record.Device, record.Detail));
    }

    /// <summary>Details hold what clients sent: they make no second line and no long one.</summary>
    [Fact]
    public void Details_AreOneBoundedLine()
    {
        new AuditTrail(this).Session(Record("a\r\nb\u0007" + new string('x', 1000)), SessionSamples.Facts, SessionSamples.Start);
        var detail = Assert.Single(_written).Detail!;
        Assert.StartsWith("a  b ", detail, StringComparison.Ordinal);
        Assert.True(detail.Length < 320);
    }

    private static SessionEffect.Record Record(string detail) =>
        new(AuditKind.Authentication, "connect", AuditOutcome.Refused, "pairing_required", "unproven", null, detail);
}
