-- Rules for claims and roles with examples of their own, and the groups of a person that an identity provider leaves out.

alter table connections
  add column on_group_overage text not null default 'continue' check (on_group_overage in ('refuse', 'continue', 'keep_last')),
  add column tests jsonb not null default '[]' check (jsonb_typeof(tests) = 'array');
comment on column connections.attributes is 'Claim name to the attribute names it is taken from (the first that is present wins), or to a rule';
comment on column connections.tests is 'Examples of people that attributes and roles must get right, or a change is not taken';

alter table people add column last_groups jsonb check (jsonb_typeof(last_groups) = 'array');
comment on column people.last_groups is 'The groups of the last login that had them; only where on_group_overage is keep_last';
