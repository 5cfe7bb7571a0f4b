using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using SparsePipeline.Cli.Studies;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Tests.Studies;

public sealed class StudyObserverTests
{
    private static readonly Recipe Small = RecipeReader.Read(SmallRecipe.Text, Cli.Commands.Catalog.Create()).Recipe!;

    private readonly FakeTimeProvider _time = new();
    private readonly IRunObserver _display = Substitute.For<IRunObserver>();

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 50)]
    [InlineData(2, 60)]
    public void All_runs_are_planned_again_after_fifty_times_as_long_as_it_takes_but_five_seconds_at_least_and_a_minute_at_most(int seconds, int pause)
    {
        _display.When(d => d.Planned(Arg.Any<string>(), Arg.Any<Plan>())).Do(_ => _time.Advance(TimeSpan.FromSeconds(seconds)));
        var observer = new StudyObserver([Small], "small", new Dictionary<string, StepResult>(), _display, _time);
        observer.Begin();

        _time.Advance(TimeSpan.FromSeconds(pause - 1));
        observer.Planned("r", new Plan { Steps = [], Choices = [] });
        _display.Received(1).Planned(Arg.Any<string>(), Arg.Any<Plan>());

        _time.Advance(TimeSpan.FromSeconds(1));
        observer.Planned("r", new Plan { Steps = [], Choices = [] });
        _display.Received(2).Planned(Arg.Any<string>(), Arg.Any<Plan>());
    }
}
