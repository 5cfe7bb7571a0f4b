using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop.Averaging;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Schedules;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>
/// All that acts on the updates of one training besides its optimiser, in order: mixup and the average over its path, which have properties of
/// their own in a recipe and wrap all else; the hooks of the recipe; what is trained in place of weights; and last the limit to gradients.
/// </summary>
internal sealed class TrainingEffects : IDisposable
{
    private readonly List<RunningEffect> _effects = [];
    private readonly TimeProvider? _time;

    private TrainingEffects(TimeProvider? time) => _time = time;

    /// <summary>The effects of a training; null when it has none, so that it pays for none.</summary>
    /// <param name="context">The training.</param>
    /// <param name="time">Measures what each costs; null measures nothing.</param>
    /// <exception cref="DomainException">A hook is unknown, has a wrong option, or does not go with the others or the training.</exception>
    public static TrainingEffects? Begin(TrainingContext context, TimeProvider? time)
    {
        var effects = new TrainingEffects(time);
        try
        {
            effects.Add(context);
        }
        catch
        {
            effects.Dispose();
            throw;
        }

        return effects._effects.Count == 0 ? null : effects;
    }

    /// <summary>What a resume point has to hold besides weights, masks and the optimiser.</summary>
    public IEnumerable<KeyValuePair<string, torch.Tensor>> State => _effects.SelectMany(e => e.State);

    /// <summary>Hooks of the recipe by name, with the time each took.</summary>
    public IEnumerable<RunningEffect> Listed => _effects.Where(e => e.IsListed);

    public LearningRatePlan Rates(LearningRatePlan plan) => _effects.Aggregate(plan, (rates, effect) => effect.Effect.Rates(rates));

    public void EpochBegins(int epoch)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Each(e => e.EpochBegins(epoch));
    }

    public Batch Batch(Batch batch)
    {
        foreach (var effect in _effects)
            batch = Measure(effect, e => e.Batch(batch));
        return batch;
    }

    public torch.Tensor Loss(torch.Tensor loss, Batch batch, torch.Tensor outputs)
    {
        foreach (var effect in _effects)
            loss = Measure(effect, e => e.Loss(loss, batch, outputs));
        return loss;
    }

    /// <summary>Whether an effect has done something in place of the update; if none has, the gradients are ready for it.</summary>
    public bool Prepare(TrainingUpdate update)
    {
        using var off = torch.no_grad();
        update.MayEnd = _effects.Exists(e => e.Effect.MayEnd);
        foreach (var effect in _effects)
        {
            if (!Measure(effect, e => e.ReplacesUpdate(update)))
                continue;
            effect.CountReplaced();
            return true;
        }

        Each(e => e.Gradients(update));
        return false;
    }

    public void Updated(TrainingUpdate update)
    {
        using var off = torch.no_grad();
        EachInReverse(e => e.Updated(update));
    }

    /// <summary>Whether an effect ends the training; all are asked.</summary>
    public bool EpochEnded(TrainingPosition at, EpochScores scores)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var ends = false;
        EachInReverse(e => ends |= e.EpochEnded(at, scores));
        return ends;
    }

    /// <summary>The report with what every effect says of itself.</summary>
    /// <param name="finish">To be added to.</param>
    /// <param name="updates">Updates that were done.</param>
    public void Finish(TrainingFinish finish, long updates)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var reports = new Stack<HookReport>();
        foreach (var effect in Enumerable.Reverse(_effects))
        {
            finish.Figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
            Measure(effect, e => { e.Finish(finish); return true; });
            if (effect.IsListed)
                reports.Push(new HookReport(effect.Name, updates, effect.Replaced, finish.Figures));
        }

        if (reports.Count > 0)
            finish.Report = finish.Report with { Hooks = [.. reports] };
        if (_time is not null)
            foreach (var effect in Listed)
                finish.Metrics[MetricNames.HookSeconds + effect.Name] = effect.Spent.TotalSeconds;
    }

    public void Dispose() => _effects.ForEach(e => e.Dispose());

    private void Add(TrainingContext context)
    {
        var spec = context.Spec;
        if (spec.Mixup > 0)
            _effects.Add(new("mixup", new MixupEffect(spec, context.Loss), isListed: false));
        if (spec.Averaging is { } method)
            _effects.Add(new(method.Name, new WeightAverage(method, context.Network, context.End), isListed: false));
        foreach (var (chosen, hook) in TrainingHooks.Of(spec))
            _effects.Add(new(hook.Info.Name, hook.Begin(context, new OptionValues(hook.Info, chosen.Options)), isListed: true));
        if (context.Transform is { } transform)
            _effects.Add(new("transform", transform, isListed: false));
        if (spec.ClipNorm is { } limit)
            _effects.Add(new("clip", new GradientClip(context.Masks, limit), isListed: false));
    }

    private void Each(Action<TrainingEffect> act)
    {
        foreach (var effect in _effects)
            Measure(effect, e => { act(e); return true; });
    }

    private void EachInReverse(Action<TrainingEffect> act)
    {
        for (var i = _effects.Count - 1; i >= 0; i--)
            Measure(_effects[i], e => { act(e); return true; });
    }

    private T Measure<T>(RunningEffect effect, Func<TrainingEffect, T> ask)
    {
        if (_time is null)
            return ask(effect.Effect);
        var start = _time.GetTimestamp();
        var answer = ask(effect.Effect);
        effect.Spend(_time.GetElapsedTime(start));
        return answer;
    }
}
