namespace Netclaw.Protocol.Frames;

/// <summary>The words in which forms of parameters are written down.</summary>
internal static class ParamText
{
    private const int LongestName = 64;

    public static readonly ParamRule Anything = new ParamRule.Any();
    public static readonly ParamRule Null = new ParamRule.Null();
    public static readonly ParamRule Flag = new ParamRule.Truth();
    public static readonly ParamRule FreeText = new ParamRule.Text(0, ParamRule.Unbounded, null);
    public static readonly ParamRule Text = new ParamRule.Text(1, ParamRule.Unbounded, null);
    public static readonly ParamRule Number = new ParamRule.Number(false, double.MinValue, double.MaxValue);
    public static readonly ParamRule Yes = Is(true);

    public static ParamRule Is(bool value) => new ParamRule.Same(value ? "true" : "false");

    /// <param name="word">Without anything that JSON would escape.</param>
    public static ParamRule Is(string word) => new ParamRule.Same($"\"{word}\"");

    public static ParamRule UpTo(int most, int least = 1) => new ParamRule.Text(least, most, null);

    public static ParamRule Like(string pattern, int least = 0, int most = ParamRule.Unbounded) => new ParamRule.Text(least, most, pattern);

    public static ParamRule Whole(double least, double most = double.MaxValue) => new ParamRule.Number(true, least, most);

    public static ParamRule AtLeast(double least) => new ParamRule.Number(false, least, double.MaxValue);

    public static ParamRule Exactly(int value) => new ParamRule.Same(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static ParamRule OneOf(params string[] allowed) => new ParamRule.Choice(allowed);

    public static ParamRule ListOf(ParamRule item, int least = 0, int most = ParamRule.Unbounded) => new ParamRule.List(item, least, most, IsSet: false);

    public static ParamRule SetOf(ParamRule item, int least, int most) => new ParamRule.List(item, least, most, IsSet: true);

    public static ParamRule MapOf(ParamRule value, int most = ParamRule.Unbounded) => new ParamRule.Map(value, most);

    public static ParamRule Either(params ParamRule[] of) => new ParamRule.Either(of);

    public static ParamRule OrNull(ParamRule rule) => new ParamRule.Either(rule, Null);

    public static ParamRule Unserved(ParamRule rule) => new ParamRule.Unserved(rule);

    public static ParamRule.Members Closed(params ParamMember[] members) => new(IsClosed: true, members);

    public static ParamRule NotBoth(string one, string other, ParamRule.Members rule) => new ParamRule.NotBoth(rule, one, other);

    public static ParamRule.Members Open(params ParamMember[] members) => new(IsClosed: false, members);

    public static ParamMember Must(string name, ParamRule rule) => new(name, IsRequired: true, rule);

    public static ParamMember May(string name, ParamRule rule) => new(name, IsRequired: false, rule);

    /// <summary>A name that somebody else chose, short enough to be told.</summary>
    public static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "...";
}
