namespace Netclaw.Actors.Cron;

/// <summary>Why a schedule was not taken. <paramref name="Position"/> counts characters of the text from 0; null: the whole of it is meant.</summary>
public sealed record CronObjection(string Message, int? Position = null);
