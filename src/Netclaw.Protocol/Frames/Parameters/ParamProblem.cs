namespace Netclaw.Protocol.Frames;

/// <summary>What is wrong with a method's parameters.</summary>
/// <param name="At">A JSON pointer from the value that was judged; empty: that value.</param>
/// <param name="What">As protocol clients read it, such as <c>must be string</c>.</param>
internal sealed record ParamProblem(string At, string What)
{
    /// <summary>Seen from what holds the value.</summary>
    public ParamProblem In(string name) => this with { At = $"/{name}{At}" };

    public override string ToString() => $"at {(At.Length == 0 ? "root" : At)}: {What}";
}
