namespace Netclaw.Actors.Trust.Explaining;

/// <summary>A question as it was read.</summary>
/// <param name="Id">Whoever asks may name it; repeated in the answer.</param>
public sealed record Question(string? Id, AccessQuestion Asked);
