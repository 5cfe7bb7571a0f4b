using System.Text.Json;

namespace SparsePipeline.Contracts.Tests.Methods;

public sealed class OptionValuesTests
{
    private static readonly MethodInfo Method = new()
    {
        Axis = "model",
        Name = "test",
        Title = "Test",
        UseWhen = "Use it here.",
        Options =
        [
            OptionInfo.Integer("width", "Width.", 4, 1, 8),
            OptionInfo.Integers("sizes", "Sizes.", [1, 2], 1, 8),
            OptionInfo.Number("share", "Share.", 0.5, 0, 1),
            OptionInfo.Boolean("on", "Switch.", false),
        ],
    };

    [Fact]
    public void Defaults_stand_in_for_what_is_not_given()
    {
        var values = new OptionValues(Method, Given(("width", "7")));

        values.Integer("width").ShouldBe(7);
        values.Integers("sizes").ShouldBe([1, 2]);
        values.Number("share").ShouldBe(0.5);
        values.Boolean("on").ShouldBeFalse();
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var failure = Should.Throw<DomainException>(() => new OptionValues(
            Method, Given(("width", "9"), ("sizes", "[1, 0]"), ("share", "\"half\""), ("on", "1"), ("deep", "1")))).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldBe(
            "The model 'test': it has no option 'deep'; 'width' is 9, but must lie in [1, 8]; 'sizes' is [1, 0], but must lie in [1, 8]; "
            + "'share' is \"half\", but must be a number; 'on' is 1, but must be true or false.");
        failure.Remedy.ShouldBe("Its options are: width (integer), sizes (integers), share (number), on (boolean).");
    }

    private static MethodOptions Given(params (string Name, string Json)[] values)
    {
        var options = new MethodOptions();
        foreach (var (name, json) in values)
            options[name] = JsonDocument.Parse(json).RootElement;
        return options;
    }
}
