using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary>What a job is made of, new and as a change. As the published schema has it; a gateway without channels and models of its own serves the smaller part.</summary>
internal static class CronJobForms
{
    private const double LatestMs = 8_640_000_000_000_000;
    private static readonly ParamRule Moment = Whole(0, LatestMs);
    private static readonly ParamRule Visible = Like(@"\S", 1);
    private static readonly ParamRule Label = Like(@"\S", 1, 200);
    private static readonly ParamRule Channel = Either(Is("last"), Visible);
    private static readonly ParamRule Thread = Either(FreeText, Number);
    private static readonly ParamRule Script = UpTo(65536);
    private static readonly ParamRule Pacing = Closed(May("min", Visible), May("max", Visible));
    private static readonly ParamRule Trigger = Closed(Must("script", Script), May("once", Flag));
    private static readonly ParamRule Target = Either(OneOf("main", "isolated", "current"), Like("^session:.+"));
    private static readonly ParamRule WakeMode = OneOf("next-heartbeat", "now");

    private static readonly ParamRule Schedule = Either(
        Closed(Must("kind", Is("at")), Must("at", Text)),
        Closed(Must("kind", Is("every")), Must("everyMs", Whole(1, LatestMs)), May("anchorMs", Moment)),
        Closed(Must("kind", Is("cron")), Must("expr", Text), May("tz", FreeText), May("staggerMs", Moment)),
        Closed(Must("kind", Is("on-exit")), Must("command", Text), May("cwd", Text)),
        Unserved(Closed(
            Must("kind", Is("stream")), Must("command", ListOf(Text, 1)), May("cwd", Text), May("mode", OneOf("line", "match")), May("match", FreeText),
            May("batchMs", Whole(double.MinValue)), May("maxBatchBytes", Whole(double.MinValue)))));

    public static readonly ParamRule New = Closed(
        Must("name", Text), May("declarationKey", Unserved(Label)), May("displayName", Label),
        May("owner", Unserved(Closed(May("agentId", Text), May("sessionKey", Text), May("accountId", Text)))),
        May("agentId", OrNull(Text)), May("sessionKey", OrNull(Text)), May("description", FreeText), May("enabled", Flag), May("deleteAfterRun", Flag),
        Must("schedule", Schedule), May("pacing", Unserved(Pacing)), May("trigger", Unserved(Trigger)), Must("sessionTarget", Target), Must("wakeMode", WakeMode),
        Must("payload", Payload(Must, rule => rule)), May("delivery", Either(
            Delivery("none", CompletesNowhere, May("to", Visible)), Delivery("announce", Completes, May("to", Visible)), Delivery("webhook", CompletesNowhere, Must("to", Visible)))),
        May("failureAlert", Unserved(Either(Is(false), Alert(rule => rule)))));

    public static readonly ParamRule Patch = Closed(
        May("name", Text), May("displayName", OrNull(Label)), May("agentId", OrNull(Text)), May("sessionKey", OrNull(Text)), May("description", FreeText), May("enabled", Flag),
        May("deleteAfterRun", Flag), May("schedule", Schedule), May("pacing", Unserved(OrNull(Pacing))), May("trigger", Unserved(OrNull(Trigger))), May("sessionTarget", Target),
        May("wakeMode", WakeMode), May("payload", Payload(May, OrNull)),
        May("delivery", Closed(
            May("mode", OneOf("none", "announce", "webhook")), May("channel", OrNull(Channel)), May("threadId", Unserved(OrNull(Thread))), May("accountId", Unserved(OrNull(Text))),
            May("bestEffort", Flag), May("failureDestination", Unserved(OrNull(Destination(OrNull)))), May("completionDestination", Unserved(OrNull(Completion))), May("to", OrNull(Visible)))),
        May("failureAlert", Unserved(Either(Is(false), Alert(OrNull), Null))), May("state", Unserved(CronStateForm.Rule)));

    private static ParamMember[] CompletesNowhere => [];

    private static ParamMember[] Completes => [May("completionDestination", Unserved(Completion))];

    private static ParamRule Completion => Closed(Must("mode", Is("webhook")), Must("to", Visible));

    /// <param name="member">How a job's own words are written down: in a change none of them must be there.</param>
    /// <param name="kept">What a change can take away.</param>
    private static ParamRule Payload(Func<string, ParamRule, ParamMember> member, Func<ParamRule, ParamRule> kept)
    {
        ParamMember[] tools = [May("toolsAllow", Unserved(kept(ListOf(FreeText)))), May("toolsAllowIsDefault", Unserved(Flag))];
        return Either(
            Closed([Must("kind", Is("systemEvent")), member("text", Text), .. tools]),
            Closed([
                Must("kind", Is("agentTurn")), member("message", Text), May("model", Unserved(kept(FreeText))), May("fallbacks", Unserved(kept(ListOf(FreeText)))),
                May("thinking", Unserved(kept(FreeText))), May("timeoutSeconds", AtLeast(0)), May("allowUnsafeExternalContent", Unserved(Flag)), May("lightContext", Unserved(Flag)), .. tools]),
            Closed([
                Must("kind", Is("command")), member("argv", ListOf(Text, 1)), May("cwd", Text), May("env", Unserved(MapOf(FreeText))), May("input", Unserved(FreeText)),
                May("timeoutSeconds", AtLeast(0)), May("noOutputTimeoutSeconds", Unserved(AtLeast(0))), May("outputMaxBytes", Unserved(Whole(1))), .. tools]),
            Unserved(Closed([Must("kind", Is("script")), member("script", Script), May("timeoutSeconds", AtLeast(1)), May("toolBudget", Whole(1)), .. tools])));
    }

    private static ParamRule Delivery(string mode, ParamMember[] completion, ParamMember to) => Closed([
        Must("mode", Is(mode)), May("channel", Channel), May("threadId", Unserved(Thread)), May("accountId", Unserved(Text)), May("bestEffort", Flag),
        May("failureDestination", Unserved(Destination(rule => rule))), .. completion, to]);

    private static ParamRule Destination(Func<ParamRule, ParamRule> kept) => Closed(
        May("channel", kept(Channel)), May("to", kept(Visible)), May("accountId", kept(Text)), May("mode", kept(OneOf("announce", "webhook"))));

    private static ParamRule Alert(Func<ParamRule, ParamRule> kept) => Closed(
        May("after", kept(Whole(1))), May("channel", kept(Channel)), May("to", kept(Visible)), May("cooldownMs", kept(Whole(0))), May("includeSkipped", kept(Flag)),
        May("mode", kept(OneOf("announce", "webhook"))), May("accountId", kept(Text)));
}
