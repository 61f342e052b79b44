namespace ChatHub.Contracts;

/// <summary>The result of a method without one: <c>{}</c>.</summary>
public sealed record Nothing;
