using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Recipes;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Reports;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Gateway.Runs;

/// <summary><c>/v1/runs</c>.</summary>
internal sealed class RunRoutes(
    ReceivedRecipes recipes, RunStandings standings, RunSubmission submission, StoredRunRehearsal rehearsal, RunPlanner planner, RunIndex index, IRunStore runs, IRunBus bus, IArtifactStore artifacts) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/runs/plan", (Delegate)PlanAsync).Allow(AllowedRoles.Viewers).WithSummary("What a recipe would do, and all that is wrong with it.")
            .Accepts<string>("application/yaml", "application/json").Produces<PlanAnswer>();
        routes.MapPost("/runs", (Delegate)SubmitAsync).Allow(AllowedRoles.Operators).WithSummary("Start a run, or go on with it; dryRun=true only plans it.")
            .Accepts<string>("application/yaml", "application/json").Produces<SubmittedAnswer>(StatusCodes.Status201Created).Produces<SubmittedAnswer>();
        routes.MapGet("/runs", (Delegate)ListAsync).Allow(AllowedRoles.Viewers).WithSummary("Runs by state, name (with *), first day (since=2026-11-29) and last (until), newest first.").Produces<Page<RunAnswer>>();
        routes.MapGet("/runs/{runId}", (Delegate)ReadAsync).Allow(AllowedRoles.Viewers).WithSummary("Where a run stands.").Produces<RunAnswer>();
        routes.MapGet("/runs/{runId}/steps", (Delegate)StepsAsync).Allow(AllowedRoles.Viewers).WithSummary("Where its steps stand, with their outputs and metrics.").Produces<IReadOnlyList<StepAnswer>>();
        routes.MapGet("/runs/{runId}/recipe", (Delegate)RecipeAsync).Allow(AllowedRoles.Viewers).WithSummary("The recipe it was submitted with.").Produces(StatusCodes.Status200OK, contentType: "application/json");
        routes.MapGet("/runs/{runId}/report", (Delegate)ReportAsync).Allow(AllowedRoles.Viewers).WithSummary("The report of a run that has ended.").Produces(StatusCodes.Status200OK, contentType: "application/json");
        routes.MapPost("/runs/{runId}/cancel", (Delegate)CancelAsync).Allow(AllowedRoles.Operators).WithSummary("Ask whoever works on it to stop.").Produces<RunAnswer>(StatusCodes.Status202Accepted);
        routes.MapPost("/runs/{runId}/resume", (Delegate)ResumeAsync).Allow(AllowedRoles.Operators).WithSummary("Go on with a run that was cancelled or can be mended.").Produces<RunAnswer>(StatusCodes.Status202Accepted);
    }

    private async Task<IResult> PlanAsync(HttpContext context)
    {
        var recipe = await ReadRecipeAsync(context);
        await rehearsal.EnsureAsync(recipe, mayRemember: false, context.RequestAborted);
        return Answers.Ok(RunAnswers.Of(RunId.Of(recipe), await planner.PlanAsync(recipe, context.RequestAborted)));
    }

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        var recipe = await ReadRecipeAsync(context);
        var runId = RunId.Of(recipe);
        var isDry = PageQuery.Text(context, "dryRun") == "true";
        await rehearsal.EnsureAsync(recipe, mayRemember: !isDry, context.RequestAborted);
        if (isDry)
            return Answers.Ok(AnswerOf(runId, await planner.PlanAsync(recipe, context.RequestAborted)));
        var isKnown = await runs.ReadSubmissionAsync(runId, context.RequestAborted) is not null;
        var plan = await submission.SubmitAsync(recipe, context.RequestAborted);
        return isKnown ? Answers.Ok(AnswerOf(runId, plan)) : Answers.Created(AnswerOf(runId, plan));
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        var state = PageQuery.Text(context, "state");
        if (state is not null && !RunStates.All.Contains(state))
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", "state is none.", $"Give one of {string.Join(", ", RunStates.All)}.", "state");
        var query = new RunQuery
        {
            State = state,
            Name = PageQuery.Text(context, "name"),
            Since = PageQuery.Text(context, "since") is { } since ? Day("since", since) : null,
            Until = PageQuery.Text(context, "until") is { } until ? Day("until", until) : null,
            Limit = PageQuery.Limit(context),
            Page = PageQuery.Text(context, "cursor"),
        };
        var page = await index.PageAsync(query, context.RequestAborted);
        return Answers.Ok(new Page<RunAnswer>([.. (await standings.ReadAsync(page, context.RequestAborted)).Select(RunAnswers.Of)], page.Next));
    }

    private async Task<IResult> ReadAsync(HttpContext context, string runId) =>
        Answers.Ok(await AnswerOfAsync(runId, await KnownPlanAsync(runId, context.RequestAborted), context.RequestAborted));

    private async Task<IResult> StepsAsync(HttpContext context, string runId) =>
        Answers.Ok((await KnownPlanAsync(runId, context.RequestAborted)).Steps.Select(RunAnswers.Of).ToList());

    private async Task<IResult> ReportAsync(HttpContext context, string runId)
    {
        var plan = await KnownPlanAsync(runId, context.RequestAborted);
        var recipe = (await runs.ReadRecipeAsync(runId, context.RequestAborted))!;
        if (!plan.HasEnded)
            throw RefusedRequestException.NotFound("report yet: the run goes on", "Wait until its state is finished or failed.");
        // As for somebody who follows a run that has ended: everything is in the store, and was computed earlier.
        var submitted = (await runs.ReadSubmissionAsync(runId, context.RequestAborted))?.First;
        var work = await runs.ReadWorkAsync(runId, context.RequestAborted) ?? RunWork.Of(plan, submitted);
        var done = plan.Steps.Where(s => s.Result is not null).Select(s => s.Node).ToHashSet(StringComparer.Ordinal);
        var outcome = new RunOutcome(runId, plan, done, TimeSpan.Zero) { EarlierWork = work, Since = work.SubmittedAt };
        return Answers.Ok(await RunReports.BuildAsync(recipe, outcome, artifacts, command: null, context.RequestAborted));
    }

    private async Task<IResult> CancelAsync(HttpContext context, string runId)
    {
        var plan = await KnownPlanAsync(runId, context.RequestAborted);
        var run = await AnswerOfAsync(runId, plan, context.RequestAborted);
        if (run.State is RunStates.Finished or RunStates.Failed)
            throw Ended(run);
        await runs.CancelAsync(runId, context.RequestAborted);
        await bus.CancelledAsync(runId, context.RequestAborted);
        return Answers.Accepted(await AnswerOfAsync(runId, plan, context.RequestAborted));
    }

    private async Task<IResult> ResumeAsync(HttpContext context, string runId)
    {
        var plan = await KnownPlanAsync(runId, context.RequestAborted);
        var recipe = (await runs.ReadRecipeAsync(runId, context.RequestAborted))!;
        if (plan.HasEnded && !RunPlanner.CanBeMended(plan))
            throw Ended(await AnswerOfAsync(runId, plan, context.RequestAborted));
        await rehearsal.EnsureAsync(recipe, mayRemember: true, context.RequestAborted);
        plan = await submission.SubmitAsync(recipe, context.RequestAborted);
        return Answers.Accepted(await AnswerOfAsync(runId, plan, context.RequestAborted));
    }

    private async Task<IResult> RecipeAsync(HttpContext context, string runId)
    {
        await KnownPlanAsync(runId, context.RequestAborted);
        return Answers.Ok(await runs.ReadRecipeAsync(runId, context.RequestAborted));
    }

    /// <exception cref="RefusedRequestException">404: there is no run of that id.</exception>
    private async Task<Plan> KnownPlanAsync(string runId, CancellationToken cancellationToken) =>
        RunId.IsWellFormed(runId) && await planner.PlanAsync(runId, cancellationToken) is { } plan ? plan : throw RefusedRequestException.NotFound("such run", "GET /v1/runs lists all.");

    private async Task<RunAnswer> AnswerOfAsync(string runId, Plan plan, CancellationToken cancellationToken) => RunAnswers.Of(await standings.ReadAsync(runId, plan, cancellationToken));

    private async Task<Recipe> ReadRecipeAsync(HttpContext context)
    {
        var recipe = recipes.Read(RequestBody.Text(await RequestBody.ReadAsync(context, RequestBody.MostBytesOfDocument)));
        await recipes.EnsureStoredAsync(recipe, context.RequestAborted);
        return recipe;
    }

    private static SubmittedAnswer AnswerOf(string runId, Plan plan) => new(runId, RunStates.Of(plan, isCancelled: false), RunAnswers.Of(runId, plan));

    private static RefusedRequestException Ended(RunAnswer run) => RefusedRequestException.Of(
        StatusCodes.Status409Conflict, "ended", $"The run has {(run.State == RunStates.Failed ? "failed" : "finished")}, and nothing would change.", "Submit another recipe.");

    private static DateOnly Day(string field, string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", $"{field} is no day.", "Write 2026-11-29.", field);
}
