namespace SparsePipeline.Planning.Tests;

public sealed class ContradictionRulesTests
{
    [Theory]
    [InlineData("vary: weight-decay", "retraining.vary", "Candidates vary in weight-decay, but retraining.values is missing.")]
    [InlineData("values: [1, 2, 3]", "retraining.values", "Candidates vary in their seed, which is derived.")]
    [InlineData("vary: retrain-length\n  values: [1, 2]", "retraining.values", "There are 2 values for 3 candidates.")]
    [InlineData("vary: retrain-length\n  values: [1, 2, 2]", "retraining.values", "Two candidates have the same value, so they would be the same network.")]
    [InlineData("vary: retrain-length\n  values: [1, 2, 2.5]", "retraining.values[2]", "The value is 2.5.")]
    [InlineData("vary: peak-learning-rate\n  values: [0, 1, 2]", "retraining.values[0]", "The value is 0.")]
    [InlineData("vary: peak-learning-rate\n  values: [3, 1, 2]\n  schedule: ALLR", "retraining.vary", "Candidates vary in peak-learning-rate, but the schedule is ALLR.")]
    [InlineData("vary: weight-decay\n  values: [0, 1, 0.5]\n  weightDecay: 0.1", "retraining.weightDecay", "Candidates vary in weight-decay, so this value would not be used.")]
    [InlineData("vary: peak-learning-rate\n  values: [3, 1, 2]\n  peakLearningRate: 1", "retraining.peakLearningRate", "Candidates vary in peak-learning-rate, so this value would not be used.")]
    [InlineData("schedule: LRW\n  peakLearningRate: 1", "retraining.peakLearningRate", "The schedule is LRW, which sets its own peak.")]
    [InlineData("candidates: 3\nsoup:\n  deadlineMinutes: 5", "soup.deadlineMinutes", "A deadline without a quorum changes nothing: the soup needs all candidates.")]
    [InlineData("candidates: 3\nsoup:\n  amendLate: true", "soup.amendLate", "Without a deadline no candidate is late.")]
    public void Fields_that_contradict_each_other_are_refused(string added, string field, string reason)
    {
        var error = SmallestRecipe.Errors($"{SmallestRecipe.Text}\n  {added}\n").ShouldHaveSingleItem();

        (error.Field, error.Reason).ShouldBe((field, reason));
    }
}
