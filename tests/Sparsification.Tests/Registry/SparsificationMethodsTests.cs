namespace SparsePipeline.Sparsification.Tests.Registry;

public sealed class SparsificationMethodsTests
{
    public static TheoryData<string, string> Methods => new(SparsificationMethods.All.Select(m => (m.Axis, m.Name)));

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_says_what_help_and_documentation_need(string axis, string name)
    {
        var info = SparsificationMethods.All.Single(m => m.Axis == axis && m.Name == name);

        MethodAxes.All.ShouldContain(axis);
        name.ShouldMatch("^[a-z0-9]+(-[a-z0-9]+)*$");
        info.Title.ShouldNotBeNullOrWhiteSpace();
        info.UseWhen.ShouldStartWith("Use ");
        info.UseWhen.ShouldEndWith(".");
        info.Options.ShouldAllBe(o => o.Description.Length > 0);
    }

    [Theory]
    [InlineData(MethodAxes.Pruner, "global-magnitude,layer-magnitude,none,random")]
    [InlineData(MethodAxes.Allocation, "global,uniform")]
    [InlineData(MethodAxes.Structure, "unstructured")]
    [InlineData(MethodAxes.SparsitySchedule, "geometric,one-shot")]
    [InlineData(MethodAxes.Soup, "greedy,none,uniform")]
    public void Names_that_recipes_rely_on_stay(string axis, string names) =>
        names.Split(',').ShouldBeSubsetOf(SparsificationMethods.All.Where(m => m.Axis == axis).Select(m => m.Name));
}
