using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>A scheduled job. Text: <c>job_</c> and 16 base32 symbols.</summary>
[JsonConverter(typeof(IdJsonConverter<CronJobId>))]
public readonly record struct CronJobId : IId<CronJobId>
{
    private const string Prefix = "job_";
    private const int Symbols = 16;

    private readonly string? _text;

    private CronJobId(string text) => _text = text;

    public static CronJobId New() => new(IdText.Random(Prefix, Symbols));

    public static bool TryParse(string? text, out CronJobId id)
    {
        var wellFormed = IdText.IsWellFormed(text, Prefix, Symbols);
        id = wellFormed ? new CronJobId(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";
}
