"""Who may carry out every use-case, called without any page: written by hand, as `routes_table.py` is, with the same people.

One line: the service, what it is about, and an answer for each. `y`: it is done. `n`: refused. `0`: not theirs to know of.
A record named `north` or `south` is the team that it is done for.
"""

SERVICES = """
# People
                                                    W C O M N H D d L A S U X c
search_people                                       y y y y y y y n y n y y n n
search_again                                        y y y y y y y n y n y y n n
search_duplicates                                   y y y y y y y n n n n n n n
open_person            person                       y y y y y y y n y n y y n n
open_person            unopened                     y y y y y y n n y n y y n n
open_person            restricted                   y n n y n n n n y n y y n n
open_on_duty           unopened                     n n n n n n y n n n n n n n
open_on_duty           restricted                   n n n n n n n n n n n n n n
open_person            sealed                       y n n y n n n n y n y y n n
add_person             north                        y y n y n n n n n n n n n n
add_person             south                        n n y n y n n n n n n n n n
change_person          person                       y y y y y y y n n n n n n n
change_person          restricted                   y n n y n n n n n n n n n n
add_involvement        person north                 y y n y n n n n n n n n n n
add_involvement        person south                 n n y n y n n n n n n n n n
add_involvement        restricted north             y n n y n n n n n n n n n n
close_involvement      person person_involvement_north   y y n y n n n n n n n n n n
close_involvement      person person_involvement_south   n n y n y n n n n n n n n n
move_involvement       person person_involvement_north   y y n y n n n n n n n n n n
move_involvement       person person_involvement_south   n n y n y n n n n n n n n n
add_profile            person                       y y y y y y y n n n n n n n
add_profile            restricted                   y n n y n n n n n n n n n n
add_family_link        person other                 y y y y y y y n n n n n n n
add_family_link        person restricted            y n n y n n n n n n n n n n
end_family_link        person family                y y y y y n y n n n n n n n
end_family_link        relative restricted_family   y n n y n n n n n n n n n n
link_records           person elsewhere             y y y y y y y n n n n n n n
link_records           person restricted            y n n y n n n n n n n n n n
foresee_link           person elsewhere             y y y y y y y n n n n n n n
foresee_link           person restricted            y n n y n n n n n n n n n n
tell_apart             person elsewhere             y y y y y y y n n n n n n n
tell_apart             person restricted            y n n y n n n n n n n n n n
open_comparison        person elsewhere             y y y y y y y n n n n n n n
open_comparison        person restricted            y n n y n n n n n n n n n n
open_network           person                       y y y y y y y n y n y y n n
open_network           restricted                   y n n y n n n n y n y y n n
unlink_records         other link                   n n n y y y y n n n n n n n
unlink_records         restricted restricted_link   n n n y n n n n n n n n n n
restrict_person        person                       n n n y y y y n n n n n n n
restrict_person        restricted                   n n n y n n n n n n n n n n
lift_restriction       restricted                   n n n y n n n n n n n n n n
restart_count          person                       n n n n n n n n y n n n n n

# What was said and told
                                                    W C O M N H D d L A S U X c
record_consent         person north                 y y n y n n n n n n n n n n
record_consent         person south                 n n y n y n n n n n n n n n
record_consent         person night                 n n n n n n y n n n n n n n
record_consent         restricted north             y n n y n n n n n n n n n n
record_notice          person north                 y y n y n n n n n n n n n n
record_notice          restricted north             y n n y n n n n n n n n n n
record_objection       ordered_notice               y y y y y n y n n n n n n n
record_objection       restricted_notice            y n n y n n n n n n n n n n
settle_disagreement    disagreement                 n n n n n n n n y n n n n n

# Checks. Nobody decides on what they asked for: `waiting_of_manager` was asked by M
                                                    W C O M N H D d L A S U X c
submit_check           person north                 y y n y n n n n n n n n n n
submit_check           person south                 n n y n y n n n n n n n n n
submit_check           elsewhere north              n n n n n n n n n n n n n n
submit_check           elsewhere south              n n y n y n n n n n n n n n
submit_check           person night                 n n n n n n y n n n n n n n
submit_check           elsewhere night              n n n n n n y n n n n n n n
submit_check           restricted north             y n n y n n n n n n n n n n
submit_check           sealed north                 y n n y n n n n n n n n n n
ask_same_for           permit same_person           y n n n n n n n n n n n n n
ask_same_for           permit elsewhere             n n n n n n n n n n n n n n
ask_same_for           south person                 n n y n n n n n n n n n n n
ask_same_for           restricted_permit person     y n n n n n n n n n n n n n
ask_same_for           in_danger person             0 n n n n n n n n n n n n n
record_late_entry      person north                 y y n y n n n n n n n n n n
record_late_entry      restricted north             y n n y n n n n n n n n n n
record_sighting        person north                 y y n y n n n n n n n n n n
record_sighting        restricted north             y n n y n n n n n n n n n n
start_look             permit                       y n n n n n n n n n n n n n
start_look             for_colleague                n y n n n n n n n n n n n n
report_look            permit                       y n n n n n n n n n n n n n
report_look            for_colleague                n y n n n n n n n n n n n n
report_look            restricted_permit            y n n n n n n n n n n n n n
report_for_case        seen                         y n n n n n n n n n n n n n
record_telling         to_be_told                   y n n y n y n n n n n n n n
record_telling         restricted_to_be_told        y n n y n n n n n n n n n n
withdraw_check         waiting                      y n n n n n n n n n n n n n
withdraw_check         waiting_of_manager           n n n y n n n n n n n n n n
withdraw_check         with_legal                   y n n n n n n n n n n n n n
ask_again              waiting                      y n n n n n n n n n n n n n
ask_again              waiting_of_manager           n n n y n n n n n n n n n n
record_telephone_approval  waiting                  y n n n n n n n n n n n n n
record_telephone_approval  waiting_of_manager       n n n y n n n n n n n n n n
confirm_telephone_approval  by_telephone            n n n n n n y n n n n n n n
deny_telephone_approval  by_telephone               n n n n n n y n n n n n n n
approve_check          waiting                      n n n y n y y n n n n n n n
approve_check          waiting_of_manager           n n n n n y y n n n n n n n
approve_check          restricted_waiting           n n n y n n n n n n n n n n
decline_check          waiting                      n n n y n y y n n n n n n n
decline_check          waiting_of_manager           n n n n n y y n n n n n n n
endorse_check          blocked                      n n n y n y y n n n n n n n
close_check            blocked                      n n n y n y y n n n n n n n
see_late_entry         recorded_late                n n n y n y y n n n n n n n
see_nobody_left        left_unreported              n n n y n y y n n n n n n n
confirm_result         said_late                    n n n y n y y n n n n n n n
review_immediate_response  in_danger                n n n y n y y n n n n n n n
ask_question           waiting                      n n n y n y y n n n n n n n
ask_question           waiting_of_manager           n n n n n y y n n n n n n n
ask_question           restricted_waiting           n n n y n y n n n n n n n n
ask_question           with_legal                   n n n y n y y n y n n n n n
answer_question        waiting                      y n n n n n n n n n n n n n
endorse_referral       blocked                      n n n y n y y n n n n n n n
place_hold             person                       n n n n n n n n y n n n n n
release_hold           person                       n n n n n n n n y n n n n n
take_referral          referral                     n n n n n n n n y n n n n n
give_back_referral     taken_referral               n n n n n n n n y n n n n n
resolve_referral       taken_referral               n n n n n n n n y n n n n n
advise_on_person       person                       n n n n n n n n y n n n n n
advise_on_person       restricted                   n n n n n n n n y n n n n n
hold_people            person                       n n n n n n n n y n n n n n
release_held           hold                         n n n n n n n n y n n n n n
restart_count_of       person                       n n n n n n n n y n n n n n
name_readers           restricted                   n n n n n n n n y n n n n n
seal_person            person                       n n n n n n n n y n n n n n
ask_to_seal            person                       n n n y y y y n n n n n n n
ask_to_seal            restricted                   n n n y n n n n n n n n n n
seal_person            asked_to_seal                n n n n n n n n y n n n n n
seal_person            sealed                       n n n n n n n n y n n n n n
unseal_person          sealed                       n n n n n n n n y n n n n n
record_counterpart     sealed person                n n n n n n n n y n n n n n
end_counterpart        counterpart                  n n n n n n n n y n n n n n
answer_counterpart     counterpart                  n n n n n n n n y n n n n n
save_draft             draft                        y 0 0 0 0 0 0 0 0 0 0 0 0 0
end_draft              draft                        y 0 0 0 0 0 0 0 0 0 0 0 0 0

# Recorded in error: asked by who may read it, confirmed by somebody else: a manager, or Legal where something would leave the count
                                                    W C O M N H D d L A S U X c
ask_for_correction     ordered_consent              y y n y n n n n y n n n n n
ask_for_correction     restricted_consent           y n n y n n n n y n n n n n
ask_for_correction     waiting                      y y n y n n n n n n n n n n
ask_for_correction     with_legal                   y y n y n n n n y n n n n n
ask_for_correction     ordered_ripa                 n n n n n n n n y y n n n n
confirm_correction     correction                   n n n y n y y n n n n n n n
confirm_correction     legal_correction             n n n n n n n n y n n n n n
decline_correction     correction                   n n n y n y y n n n n n n n
decline_correction     legal_correction             n n n n n n n n y n n n n n

# Authorities: Legal and the justice of the peace do not grant, the authorising officer does not record what they decide
                                                    W C O M N H D d L A S U X c
report_court_order     person                       y y y y y n y n n n n n n n
report_court_order     elsewhere                    n n y n y n y n n n n n n n
report_court_order     restricted                   y n n y n n n n n n n n n n
record_court_order     person                       n n n n n n n n y n n n n n
record_order_seen      person                       n n n n n n n n y n n n n n
enter_court_order      person                       n n n n n n n n y n n n n n
enter_order_seen       reported_order               n n n n n n n n y n n n n n
record_advice          person                       n n n n n n n n y n n n n n
grant_ripa             person                       n n n n n n n n n y n n n n
record_jp_hearing      person                       n n n n n n n n y n n n n n
enter_jp_hearing       person                       n n n n n n n n y n n n n n
cancel_ripa            ordered_ripa                 n n n n n n n n n y n n n n
grant_non_ripa         person                       n n n n n n n n n y n n n n
cancel_non_ripa        ordered_non_ripa             n n n n n n n n n y n n n n
review_authorisation   ordered_ripa                 n n n n n n n n n y n n n n
review_granted         ordered_ripa                 n n n n n n n n n y n n n n
review_granted         ordered_non_ripa             n n n n n n n n n y n n n n
correct_court_order    reported_order               n n n n n n n n y n n n n n
enter_corrected_order  reported_order               n n n n n n n n y n n n n n
prepare_application    person                       n n n n n n n n y n n n n n
prepare_non_ripa_application  person                n n n n n n n n y n n n n n
grant_application      application                  n n n n n n n n n y n n n n
grant_application      non_ripa_application         n n n n n n n n n y n n n n
refuse_application     application                  n n n n n n n n n y n n n n
withdraw_application   application                  n n n n n n n n y n n n n n
withdraw_application   non_ripa_application         n n n n n n n n y n n n n n

# The council's settings and staff
                                                    W C O M N H D d L A S U X c
propose_limits                                      n n n n n n n n y n n n y n
sign_proposal          proposal                     n n n n n n n n y n y n n n
propose_setting                                     n n n n n n n n y n n n y n
withdraw_proposal      proposal                     n n n n n n n n n n n n y n
write_site_text                                     n n n n n n n n n n n n y n
show_site_text                                      n n n n n n n n n n n n y n
register_profile                                    n n n n n n n n n n n n y n
close_profile          corporate                    n n n n n n n n n n n n y n
allow_user             corporate                    n n n n n n n n n n n n y n
end_user               corporate                    n n n n n n n n n n n n y n
add_team                                            n n n n n n n n n n n n y n
move_team              south                        n n n n n n n n n n n n y n
close_team             south                        n n n n n n n n n n n n y n
add_staff_member                                    n n n n n n n n n n n n y n
close_staff_member     worker2                      n n n n n n n n n n n n y n
close_staff_member     admin                        n n n n n n n n n n n n n n
close_leaver           worker2                      n n n n n n n n n n n n y n
close_leaver           admin                        n n n n n n n n n n n n n n
place_team             south                        n n n n n n n n n n n n y n
merge_team             south                        n n n n n n n n n n n n y n
grant_role             worker2                      n n n n n n n n n n n n y n
grant_role             admin                        n n n n n n n n n n n n n n
end_role               worker2                      n n n n n n n n n n n n y n
end_held_role          worker2                      n n n n n n n n n n n n y n
confirm_role           auditor                      n n n n n n n n n n y y n n
confirm_role           team_manager                 n n n y y y n n n n y n n n
decline_role           auditor                      n n n n n n n n n n y y n n
decline_role           team_manager                 n n n y y y n n n n y n n n
end_rota_shift         off_duty                     n n n n n n n n n n n n y n
add_rota_shift         off_duty                     n n n n n n n n n n n n y n
name_deputy            colleague worker2            n y n n n n n n n n n n y n
name_deputy            manager2 worker              n n n y y y n n n n y n n n
end_cover              cover_of_colleague           n y n n n n n n n n n n y n
end_cover              cover_of_manager2            n n n y y y n n n n y n y n
give_one_time_password worker2                      n n n n n n n n n n n n y n
end_lock               worker2                      n n n n n n n n n n n n y n
end_sessions           worker2                      n n n n n n n n n n n n y n
open_trail             person                       n n n n n n n n n n y y n n
record_verification                                 n n n n n n n n n n y y n n
erase_content          person                       n n n n n n n n n n y n n n
finish_task            task                         n n n y n n n n n n n n n n
finish_task            legal_task                   n n n n n n n n y n n n n n
finish_task            restricted_task              y n n n n n n n n n n n n n
change_password                                     y y y y y y y y y y y y y n
"""

# Files that are imported: staff and teams by an administrator, people by managers; each import is for whoever sent it
#                                                   W C O M N H D d L A S U X c
SERVICES += """
try_file               people                       n n n y y y n n n n n n n n
try_file               staff                        n n n n n n n n n n n n y n
keep_import            people                       n n n y y y n n n n n n n n
keep_import            staff                        n n n n n n n n n n n n y n
begin_import           import_people                n n n y 0 0 n n n n n n 0 n
begin_import           import_staff                 n n n 0 0 0 n n n n n n y n
go_on_with_import      import_running               n n n 0 y 0 n n n n n n 0 n
add_people             north                        y y n y n n n n n n n n n n
add_people             south                        n n y n y n n n n n n n n n
enrol_staff_member                                  n n n n n n n n n n n n y n
"""

PARTS = {
    "decider_of": "reads; `try_file` and what carries an import out ask who may",
    "erase_import": "a part of `keep_import`, and of the clock of imports",
    "record": "the trail itself: it records what others have asked who may",
    "begin_draft": "one's own typing",
    "forget_interrupted": "one's own typing",
    "sign_out": "one's own session: tests/staff says what becomes of somebody else's",
    "require_person": "asks who may, for others",
    "open_in_passing": "asks who may, for others",
    "require_reason": "asks who may, for others",
    "reach_on_duty": "a part of `submit_check` and of a late entry",
    "come_on_duty_to": "a part of opening a check or a correction, which ask who may",
    "act_on_duty_about": "a part of a manager's verdict and of a question, which ask who may",
    "decide_again": "a part of what managers and Legal do, which ask who may",
    "record_disagreement": "a part of `record_consent`",
    "find_giver": "a part of `record_consent`; it reads",
    "open_referral": "a part of `submit_check` and others",
    "close_waiting_referral": "a part of `withdraw_check` and others",
}
"""What stands beside the use-cases and is none: why it needs no line."""

OF_THE_OWNER = {"erase_content"}
"""What on PostgreSQL nobody can do through the tracker's own role, whatever their role in the tracker."""
