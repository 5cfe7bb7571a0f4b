using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Schedule;
using SparsePipeline.Chaos.Store;

namespace SparsePipeline.Chaos.Faults;

/// <summary>Every kind of fault the suite knows.</summary>
internal static class AllFaults
{
    public static readonly IReadOnlyList<IFault> List =
    [
        new KillAtRandom(),
        new KillBeforeClaim(),
        new KillMidTraining(),
        new KillAfterStoring(),
        new KillBeforeAck(),
        new PauseHolder(),
        new KillBroker(),
        new PurgeQueues(),
        new MessageMischief("messages doubled", DetourMode.Double),
        new MessageMischief("messages delayed", DetourMode.Delay),
        new MessageMischief("messages reordered", DetourMode.Shuffle),
        new BrokerPartition(),
        new StoreDown(),
        new StorePartition(),
        new StoreMischief("object store slow", 6, random => new SlowDown(TimeSpan.FromMilliseconds(random.Next(50, 400)), random.Next(20_000, 500_000))),
        new StoreMischief("object store answers 500 or 503", 10, random => new AnswerError(random.Next(2) == 0 ? 500 : 503)),
        new StoreMischief("uploads cut half-way", 8, random => new CutUpload(random.Next(10, 2_000))),
        new StoreMischief("downloads cut half-way", 6, random => new CutDownload(random.Next(10, 400))),
        new StoreMischief("store obeys, its answer is lost", 10, _ => new SwallowAnswer()),
        new FullDisk(),
        new FullDiskInRunner(),
        new ClockJump(),
        new WrongClock(),
        new OtherSettings(),
        new OtherVersion(),
    ];

    /// <summary>Kinds that only <c>make chaos</c> has: they come in late, and the short suite has no time for what heals them.</summary>
    public static readonly IReadOnlyList<IFault> Slow = [new LostConfirmations(), new LostResult()];

    /// <summary>All of them.</summary>
    public static IEnumerable<IFault> Everything => List.Concat(Slow);

    /// <summary>Those of the short suite, for a schedule.</summary>
    public static IReadOnlyList<FaultKind> Kinds => [.. List.Select(f => new FaultKind(f.Name, f.Weight))];

    /// <summary>All of them, for a schedule.</summary>
    public static IReadOnlyList<FaultKind> EveryKind => [.. Everything.Select(f => new FaultKind(f.Name, f.Weight))];
}
