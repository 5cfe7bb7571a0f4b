using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Takes the news in messages of hooks in as events.</summary>
internal sealed class HookIntake(EventIntake intake)
{
    /// <summary>Answers a message that is proven.</summary>
    /// <exception cref="RefusedRequestException">It says that it is news, and what it says is wrong.</exception>
    public async Task<IResult> ReceiveAsync(HttpContext context, Hook hook, IHookKind kind, HookMessage message)
    {
        var answers = await TakeAsync(hook, kind, message, context.RequestAborted);
        RequestMeasure.Note(context, hook.Kind, isIgnored: answers.Count == 0);
        var receipt = answers switch
        {
            [] => new HookReceipt { Ignored = true },
            [var (one, _)] => new HookReceipt { EventKey = one.EventKey, State = one.State },
            _ => new HookReceipt { Items = [.. answers.Select(a => a.Answer)] },
        };
        return answers.Count == 0 || answers.Any(a => a.IsNew) ? Answers.Accepted(receipt) : Answers.Ok(receipt);
    }

    /// <summary>The events that became of a message. Something in it that is refused keeps nothing else of it from being taken in.</summary>
    /// <exception cref="RefusedRequestException">The first of what was refused.</exception>
    public async Task<IReadOnlyList<(EventAnswer Answer, bool IsNew)>> TakeAsync(Hook hook, IHookKind kind, HookMessage message, CancellationToken cancellationToken)
    {
        var answers = new List<(EventAnswer Answer, bool IsNew)>();
        RefusedRequestException? first = null;
        foreach (var news in await kind.ReadAsync(hook, message, cancellationToken))
        {
            var received = new CloudEvent { Source = news.Source, Id = news.Id, Extensions = new Dictionary<string, string>(StringComparer.Ordinal), Data = news.Data };
            try
            {
                var (stored, isNew) = await intake.ReceiveAsync(received, hook.MadeBy, cancellationToken);
                answers.Add((new EventAnswer(stored.EventKey, stored.State), isNew));
            }
            catch (RefusedRequestException refused)
            {
                first ??= refused;
            }
        }
        return first is null ? answers : throw first;
    }
}
