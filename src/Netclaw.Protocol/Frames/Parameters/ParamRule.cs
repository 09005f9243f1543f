using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Netclaw.Protocol.Frames;

/// <summary>What one value of a method's parameters must be, in the words of JSON Schema that the protocol's published schema uses. Its printed form is that schema in short.</summary>
internal abstract record ParamRule
{
    public const int Unbounded = int.MaxValue;

    /// <summary>A pattern is looked for in texts whose length was checked before.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromMilliseconds(100);

    private ParamRule()
    {
    }

    /// <returns>Null when there is nothing wrong, which costs nothing: where a problem stands is put together on the way back from it.</returns>
    public abstract ParamProblem? Problem(JsonElement value);

    /// <summary>This is the one of several forms that a value names: by a constant such as its kind, or by the first member that it must have.</summary>
    private protected virtual bool IsMeantBy(JsonElement value) => false;

    private static bool IsMeant(ParamRule rule, JsonElement value) => rule.IsMeantBy(value);

    private static ParamProblem Say(string what) => new("", what);

    private static string Range(double least, double most) => $"{Bound(least)}..{Bound(most)}";

    private static string Bound(double bound) => bound is double.MinValue or double.MaxValue or Unbounded ? "" : bound.ToString(CultureInfo.InvariantCulture);

    public sealed record Any : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) => null;

        public override string ToString() => "anything";
    }

    public sealed record Null : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : Say("must be null");

        public override string ToString() => "null";
    }

    public sealed record Truth : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Say("must be boolean");

        public override string ToString() => "boolean";
    }

    /// <param name="Least">In characters, not in halves of them.</param>
    /// <param name="Pattern">Searched for, not matched from end to end; null: any text.</param>
    public sealed record Text(int Least, int Most, string? Pattern) : ParamRule
    {
        /// <summary>The schema's <c>$</c> is the end, .NET's would be a last line feed as well.</summary>
        private readonly Lazy<Regex?> _pattern = new(() => Pattern is null ? null : new Regex(Pattern.EndsWith('$') ? Pattern[..^1] + @"\z" : Pattern, RegexOptions.CultureInvariant, LongestSearch));

        public override ParamProblem? Problem(JsonElement value) =>
            value.ValueKind != JsonValueKind.String ? Say("must be string")
            : (Least > 0 || Most < Unbounded || Pattern is not null) && OfText(value.GetString()!) is { } problem ? Say(problem)
            : null;

        public override string ToString() => $"text {Range(Least, Most)}{(Pattern is null ? "" : $" /{Pattern}/")}";

        private string? OfText(string text) =>
            text.Length < Least ? $"must NOT have fewer than {Least} characters"
            : text.Length > Most && text.EnumerateRunes().Count() > Most ? $"must NOT have more than {Most} characters"
            : _pattern.Value is { } pattern && !pattern.IsMatch(text) ? $"must match pattern \"{Pattern}\""
            : null;
    }

    /// <param name="IsWhole">An integer.</param>
    public sealed record Number(bool IsWhole, double Least, double Most) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) =>
            value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || (IsWhole && !value.TryGetInt64(out _))
                ? Say(IsWhole ? "must be integer" : "must be number")
            : number < Least ? Say(string.Create(CultureInfo.InvariantCulture, $"must be >= {Least}"))
            : number > Most ? Say(string.Create(CultureInfo.InvariantCulture, $"must be <= {Most}"))
            : null;

        public override string ToString() => $"{(IsWhole ? "integer" : "number")} {Range(Least, Most)}";
    }

    /// <param name="Json">The one value there is.</param>
    public sealed record Same(string Json) : ParamRule
    {
        private readonly JsonElement _value = JsonElement.Parse(Json);

        public override ParamProblem? Problem(JsonElement value) => JsonElement.DeepEquals(_value, value) ? null : Say("must be equal to constant");

        public override string ToString() => Json;
    }

    public sealed record Choice(params string[] Of) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) =>
            value.ValueKind == JsonValueKind.String && Array.Exists(Of, value.ValueEquals) ? null : Say("must be equal to one of the allowed values");

        public override string ToString() => string.Join(" | ", Of.Select(one => $"\"{one}\""));
    }

    public sealed record List(ParamRule Item, int Least, int Most, bool IsSet) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) =>
            value.ValueKind != JsonValueKind.Array ? Say("must be array")
            : value.GetArrayLength() < Least ? Say($"must NOT have fewer than {Least} items")
            : value.GetArrayLength() > Most ? Say($"must NOT have more than {Most} items")
            : value.EnumerateArray().Select((item, index) => Item.Problem(item)?.In(index.ToString(CultureInfo.InvariantCulture))).FirstOrDefault(problem => problem is not null)
                ?? (IsSet && HasTwoAlike(value) ? Say("must NOT have duplicate items") : null);

        private static bool HasTwoAlike(JsonElement list) => list.EnumerateArray().Select(item => item.GetRawText()).Distinct(StringComparer.Ordinal).Count() < list.GetArrayLength();

        public override string ToString() => $"{(IsSet ? "set" : "list")} {Range(Least, Most)} of {Item}";
    }

    /// <summary>One of two members may be true, not both.</summary>
    public sealed record NotBoth(Members Rule, string One, string Other) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) => Rule.Problem(value) ?? (IsTrue(value, One) && IsTrue(value, Other) ? Say("must NOT be valid") : null);

        public override string ToString() => $"{Rule} but not both {One} and {Other}";

        private static bool IsTrue(JsonElement given, string name) => given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
    }

    /// <summary>An object with members of any name.</summary>
    public sealed record Map(ParamRule Value, int Most) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) =>
            value.ValueKind != JsonValueKind.Object ? Say("must be object")
            : value.GetPropertyCount() > Most ? Say($"must NOT have more than {Most} properties")
            : value.EnumerateObject().Select(member => Value.Problem(member.Value)?.In(ParamText.Short(member.Name))).FirstOrDefault(problem => problem is not null);

        public override string ToString() => $"map{(Most == Unbounded ? "" : $" ..{Most}")} of {Value}";
    }

    /// <param name="IsClosed">No other members than these.</param>
    public sealed record Members(bool IsClosed, params ParamMember[] Of) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                return Say("must be object");
            }

            foreach (var there in value.EnumerateObject())
            {
                if (Array.Find(Of, member => there.NameEquals(member.Name)) is not { } known)
                {
                    if (IsClosed)
                    {
                        return Say($"unexpected property '{ParamText.Short(there.Name)}'");
                    }

                    continue;
                }

                if (known.Rule.Problem(there.Value) is { } problem)
                {
                    return problem.In(known.Name);
                }
            }

            return Array.Find(Of, member => member.IsRequired && !value.TryGetProperty(member.Name, out _)) is { } lacking
                ? Say($"must have required property '{lacking.Name}'")
                : null;
        }

        private protected override bool IsMeantBy(JsonElement value) =>
            value.ValueKind == JsonValueKind.Object && Array.Find(Of, member => member.IsRequired) is { } first && value.TryGetProperty(first.Name, out var named)
                && (first.Rule is not Same only || only.Problem(named) is null);

        public override string ToString() => $"{{{string.Join(", ", Of.Select(member => member.ToString()))}{(IsClosed ? "" : ", ...")}}}";
    }

    public sealed record Either(params ParamRule[] Of) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) =>
            Array.Exists(Of, form => form.Problem(value) is null) ? null
            : Of is [var one, Null] ? one.Problem(value)
            : Array.Find(Of, form => form.IsMeantBy(value)) is { } meant ? meant.Problem(value)
            : value.ValueKind == JsonValueKind.Object && Of[0] is Members { Of: [{ IsRequired: true, Rule: not Same }, ..] } first ? first.Problem(value)
            : Say("must match a schema in anyOf");

        public override string ToString() => string.Join(" | ", Of.Select(one => one.ToString()));
    }

    /// <summary>
    /// Of the protocol, and something that Netclaw does not do: leaving it out silently would be answered as if it had been done. What asks for nothing is taken: null, false, an empty list or
    /// object.
    /// </summary>
    public sealed record Unserved(ParamRule Rule) : ParamRule
    {
        public override ParamProblem? Problem(JsonElement value) => Rule.Problem(value) ?? (AsksForNothing(value) ? null : Say("is not served by this gateway"));

        private protected override bool IsMeantBy(JsonElement value) => IsMeant(Rule, value);

        public override string ToString() => Rule.ToString()!;

        private static bool AsksForNothing(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => value.GetPropertyCount() == 0,
            _ => false,
        };
    }
}

/// <param name="Name">As it stands in the object.</param>
internal sealed record ParamMember(string Name, bool IsRequired, ParamRule Rule)
{
    public override string ToString() => $"{Name}{(IsRequired ? "" : "?")}: {Rule}";
}
