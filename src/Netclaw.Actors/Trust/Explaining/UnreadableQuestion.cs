namespace Netclaw.Actors.Trust.Explaining;

/// <summary>A question that cannot be read: where in it, and what is wrong there.</summary>
public sealed class UnreadableQuestion(string path, string wrong) : Exception(path.Length == 0 ? wrong : $"{path}: {wrong}")
{
    /// <summary>Dotted; empty for the question itself.</summary>
    public string Path => path;

    public string Wrong => wrong;

    internal UnreadableQuestion Inside(string name) => new(path.Length == 0 ? name : $"{name}.{path}", wrong);
}
